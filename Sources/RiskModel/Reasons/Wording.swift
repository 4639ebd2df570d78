// Numbers in sentences.

/// "1 day", "2.5 days".
func days(_ value: Double) -> String {
  let text = number(value)
  return text == "1" ? "1 day" : "\(text) days"
}

/// "today", "3 days ago".
func ago(_ value: Double) -> String {
  let text = days(value)
  return text == "0 days" ? "today" : "\(text) ago"
}

/// "once", "twice", "3 times".
func times(_ count: Int) -> String {
  count == 1 ? "once" : count == 2 ? "twice" : "\(count) times"
}

/// "1 meter", "2 meters".
func plural(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// At most one decimal, without a trailing zero.
func number(_ value: Double) -> String {
  let tenths = (value * 10).rounded()
  guard abs(tenths) < 1e15 else { return String(value) }
  let whole = Int(tenths) / 10
  let rest = abs(Int(tenths) % 10)
  return rest == 0 ? String(whole) : "\(tenths < 0 && whole == 0 ? "-" : "")\(whole).\(rest)"
}

/// The nearest whole number, cut off where it fits no integer.
func wholeNumber(_ value: Double) -> Int {
  Int(min(max(value.rounded(), -1e15), 1e15))
}

/// A share as "4.2 %".
func percent(_ share: Double) -> String { number(share * 100) + " %" }
