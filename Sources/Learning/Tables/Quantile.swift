/// The q-quantile of sorted numbers, linear between neighbours.
///
/// h = (n − 1)·q, value = x₍⌊h⌋₎ + (h − ⌊h⌋)·(x₍⌊h⌋₊₁₎ − x₍⌊h⌋₎): type 7 of Hyndman & Fan 1996, the
/// default of R and NumPy. https://doi.org/10.1080/00031305.1996.10473566
///
/// - Parameters:
///   - q: 0 … 1.
///   - sorted: At least one number, ascending, no NaN.
/// - Returns: A number between the first and the last.
package func quantile(_ q: Double, ofSorted sorted: [Double]) -> Double {
  precondition(!sorted.isEmpty && q >= 0 && q <= 1, "Learning: no quantile \(q) of \(sorted.count)")
  let position = Double(sorted.count - 1) * q
  let below = Int(position)
  let above = min(below + 1, sorted.count - 1)
  return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
}
