/// How a language writes numbers.
struct NumberStyle: Sendable, Hashable {
  var decimalMark: String
  /// Between groups of three digits of the whole part.
  var groupMark: String
  /// Between a percentage and its sign.
  var percentSpace: String

  /// The number as it is shown: at most one decimal.
  static func rounded(_ value: Double) -> Double {
    let tenths = (value * 10).rounded()
    return abs(tenths) < 1e15 ? tenths / 10 : value
  }

  /// At most one decimal, without a trailing zero.
  func text(_ value: Double) -> String {
    let tenths = (value * 10).rounded()
    guard abs(tenths) < 1e15 else { return String(value) }
    let whole = Int(tenths) / 10
    let rest = abs(Int(tenths) % 10)
    let sign = tenths < 0 ? "-" : ""
    return sign + grouped(whole.magnitude) + (rest == 0 ? "" : decimalMark + String(rest))
  }

  /// A share as "4.2 %"; from ten percent on without a decimal, which nobody needs there.
  func percent(_ share: Double) -> String {
    let percent = share * 100
    return text(abs(percent) >= 9.95 ? percent.rounded() : percent) + percentSpace + "%"
  }

  /// A share as "14.0 %", always with one decimal.
  func exactPercent(_ share: Double) -> String { decimals(share * 100, 1) + percentSpace + "%" }

  /// `1,234.50`: with so many decimals, 0 … 6, trailing zeros too; "–" for what is no number.
  func decimals(_ value: Double, _ count: Int) -> String {
    var scale = 1.0
    for _ in 0..<count { scale *= 10 }
    guard value.isFinite, abs(value) * scale < 1e15 else { return "–" }
    let whole = UInt((abs(value) * scale).rounded())
    let sign = value < 0 && whole > 0 ? "-" : ""
    guard count > 0 else { return sign + grouped(whole) }
    let digits = String(whole % UInt(scale))
    return sign + grouped(whole / UInt(scale)) + decimalMark
      + String(repeating: "0", count: count - digits.count) + digits
  }

  private func grouped(_ number: UInt) -> String {
    let digits = String(number)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += groupMark }
      text.append(digit)
    }
    return text
  }
}
