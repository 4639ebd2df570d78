import Learning

/// A figure with that many decimals, its interval in brackets; "-" where it is not defined.
func decimals(_ estimate: Estimate, _ count: Int) -> String {
  guard let value = estimate.value else { return "-" }
  guard let low = estimate.low, let high = estimate.high else { return decimals(value, count) }
  return "\(decimals(value, count)) (\(decimals(low, count)) to \(decimals(high, count)))"
}
