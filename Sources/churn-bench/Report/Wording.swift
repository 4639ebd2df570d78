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

/// A number with so many decimals, 0 … 6: 1.50.
func decimals(_ value: Double, _ count: Int) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "unknown" }
  var scale = 1
  for _ in 0..<count { scale *= 10 }
  let scaled = Int((abs(value) * Double(scale)).rounded())
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard count > 0 else { return sign + "\(scaled)" }
  let digits = String(scaled % scale)
  return sign + "\(scaled / scale)." + String(repeating: "0", count: count - digits.count) + digits
}

/// A share of 1 as 12.3 %.
func percent(_ share: Double) -> String { decimals(share * 100, 1) + " %" }

/// Seconds as 1.234 s.
func secondsText(_ seconds: Double) -> String { decimals(seconds, seconds < 10 ? 3 : 1) + " s" }

/// Bytes as 123 MB, a MB being a million.
func megabytes(_ bytes: Int) -> String { decimals(Double(bytes) / 1e6, 0) + " MB" }
