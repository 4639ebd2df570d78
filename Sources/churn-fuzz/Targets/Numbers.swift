import Glibc
import History

/// Numbers against the C library, and booleans.
struct Numbers: FuzzTarget {
  let name = "numbers"
  let longestInput = 64

  func run(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let flag = parsedBoolean(text) {
      expect(parsedBoolean(flag ? "1" : "0") == flag, "a boolean that changes")
    }
    guard let number = parsedNumber(text) else { return }
    // SAFETY: the text is a C string for the duration of the call.
    let expected = unsafe strtod(text.trimmingSpaces(), nil)
    expect(number.bitPattern == expected.bitPattern, "\(number) and not \(expected)")
    if number.isFinite { expect(parsedNumber("\(number)") == number, "a number that changes") }
  }
}
