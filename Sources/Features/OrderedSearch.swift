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
