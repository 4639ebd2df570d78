internal import History

extension [CalendarDay] {
  /// The first of these days, which ascend, from `day` on, or the count.
  ///
  /// - Parameters:
  ///   - day: the day.
  ///   - index: where it was found last: tried first are this one and the next, because most days come soon
  ///     after the one before.
  /// - Returns: an index, or the count.
  func firstIndex(from day: CalendarDay, near index: Int) -> Int {
    if index == 0 || self[index - 1] < day {
      if index == count || self[index] >= day { return index }
      if index + 1 == count || self[index + 1] >= day { return index + 1 }
    }
    return partitionIndex { $0 >= day }
  }
}

extension RandomAccessCollection {
  /// The first index from which on `isBehind` holds, or `endIndex`; by bisection.
  ///
  /// `isBehind` must be false for a first part of the collection and true for all that follows.
  func partitionIndex(where isBehind: (Element) -> Bool) -> Index {
    var low = startIndex
    var count = count
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if isBehind(self[middle]) {
        count = half
      } else {
        low = index(after: middle)
        count -= half + 1
      }
    }
    return low
  }
}
