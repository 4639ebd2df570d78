/// A number with a fixed count of decimals, for people.
func decimals(_ value: Double, _ count: Int) -> String {
  guard value.isFinite else { return "unknown" }
  var scale = 1.0
  for _ in 0..<count { scale *= 10 }
  let scaled = (abs(value) * scale).rounded()
  guard scaled < 1e15 else { return String(value) }
  let whole = Int(scaled)
  guard count > 0 else { return (value < 0 && whole > 0 ? "-" : "") + String(whole) }
  let digits = String(whole % Int(scale))
  let fraction = String(repeating: "0", count: count - digits.count) + digits
  return (value < 0 && whole > 0 ? "-" : "") + "\(whole / Int(scale))"
    + "." + fraction
}

/// A whole number in groups of three: 12,345.
func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return (number < 0 ? "-" : "") + text
}

/// A number of things: `1 row`, `2,000 rows`; the noun is in the singular, and its plural ends in s.
func counted(_ number: Int, _ noun: String) -> String {
  "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
}
