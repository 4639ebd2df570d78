/// Numbers as people read them, in English.
enum ShownNumber {
  /// `1,234.5`; trailing zeros stay.
  static func decimals(_ value: Double, _ count: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "unknown" }
    var scale = 1.0
    for _ in 0..<count { scale *= 10 }
    let whole = Int((abs(value) * scale).rounded())
    let sign = value < 0 && whole > 0 ? "-" : ""
    guard count > 0 else { return sign + grouped(whole) }
    let digits = String(whole % Int(scale))
    return sign + grouped(whole / Int(scale)) + "."
      + String(repeating: "0", count: count - digits.count) + digits
  }

  /// As in `41.2 %`.
  static func percent(_ share: Double) -> String { decimals(share * 100, 1) + " %" }

  /// As in `12,345`.
  static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return (number < 0 ? "-" : "") + text
  }
}
