/// Sums over weeks, up to one of them.
///
/// Each is put together of halves in the same way, wherever it ends: the same use in two windows has the same
/// sum, in every bit. The caller checks once that the weeks are there.
extension Span<Double> {
  @inline(__always)
  func week(_ number: Int) -> Double { unsafe self[unchecked: number] }
  @inline(__always)
  func twoWeeks(through last: Int) -> Double { week(last) + week(last - 1) }
  @inline(__always)
  func fourWeeks(through last: Int) -> Double {
    twoWeeks(through: last) + twoWeeks(through: last - 2)
  }
  @inline(__always)
  func eightWeeks(through last: Int) -> Double {
    fourWeeks(through: last) + fourWeeks(through: last - 4)
  }
  @inline(__always)
  func thirteenWeeks(through last: Int) -> Double {
    eightWeeks(through: last) + fourWeeks(through: last - 8) + week(last - 12)
  }

  /// Whether all weeks that features look at are there.
  @inline(__always)
  func hasWeeks(through last: Int) -> Bool {
    last >= UsageWeeks.longest - 1 && last < count
  }
}
