// Numbers in the sentences of model cards and remarks, which are in English alone.

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

/// The nearest whole number as a number of a message.
func whole(_ value: Double) -> Double { Double(wholeNumber(value)) }
