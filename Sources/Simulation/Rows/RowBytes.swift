internal import Files
internal import History

/// The bytes of one JSON row: members appended one after the other, no intermediate values.
///
/// Rows are written a million times, so texts that never change arrive escaped (`JSONText`).
struct RowBytes {
  private(set) var bytes: [UInt8] = []

  mutating func reset() { bytes.removeAll(keepingCapacity: true) }

  /// A piece of JSON.
  mutating func append(_ json: String) { bytes.append(contentsOf: json.utf8) }

  mutating func append(_ text: JSONText) { bytes.append(contentsOf: text.bytes) }

  mutating func append(_ integer: Int) { bytes.append(contentsOf: String(integer).utf8) }

  mutating func append(_ flag: Bool) { flag ? append("true") : append("false") }

  /// A timestamp without zone, as the analytics resources write it; null when there is no day.
  mutating func append(_ day: CalendarDay?, time: String = "T00:00:00") {
    guard let day else { return append("null") }
    append("\"")
    append(date: day)
    append(time)
    append("\"")
  }

  /// A timestamp with a time of day and 0 … 3 digits of a second.
  mutating func append(_ day: CalendarDay, milliseconds: Int, fractionDigits: Int) {
    append("\"")
    append(date: day)
    let seconds = milliseconds / 1000
    for (separator, value) in [
      (UInt8(ascii: "T"), seconds / 3600), (UInt8(ascii: ":"), seconds / 60 % 60),
      (UInt8(ascii: ":"), seconds % 60),
    ] {
      bytes.append(separator)
      appendDigits(value, count: 2)
    }
    if fractionDigits > 0 {
      bytes.append(UInt8(ascii: "."))
      let divisors = [1000, 100, 10, 1]
      appendDigits(milliseconds % 1000 / divisors[fractionDigits], count: fractionDigits)
    }
    append("\"")
  }

  /// A quantity given in ten-thousandths: "12", "0.5", "3.1416".
  mutating func append(tenThousandths quantity: Int) {
    append(quantity / 10_000)
    var fraction = quantity % 10_000
    guard fraction > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    var digits = 4
    while fraction.isMultiple(of: 10) {
      fraction /= 10
      digits -= 1
    }
    appendDigits(fraction, count: digits)
  }

  private mutating func append(date: CalendarDay) {
    let (year, month, day) = date.civil
    appendDigits(year, count: 4)
    bytes.append(UInt8(ascii: "-"))
    appendDigits(month, count: 2)
    bytes.append(UInt8(ascii: "-"))
    appendDigits(day, count: 2)
  }

  private mutating func appendDigits(_ value: Int, count: Int) {
    var divisor = 1
    for _ in 1..<count { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }
}

/// Bytes that may stand in a row as they are.
struct JSONText: Sendable, Hashable {
  var bytes: [UInt8]

  /// A piece of JSON.
  init(json: String) { bytes = Array(json.utf8) }

  /// A text, quoted and escaped, or null.
  init(_ text: String?) {
    let value: JSONValue = if let text { .string(text) } else { .null }
    bytes = Array(value.serialized(pretty: false).utf8)
  }
}
