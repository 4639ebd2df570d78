/// Six numbers in ascending order, none of them NaN.
struct SortedSix {
  private var values: (Double, Double, Double, Double, Double, Double)

  /// Sorts by twelve exchanges in an order that no number changes, so without a branch.
  ///
  /// The network with the fewest exchanges for six: D. E. Knuth, The Art of Computer Programming 3, 5.3.4.
  @inline(__always)
  init(_ value: (Int) -> Double) {
    values = (value(0), value(1), value(2), value(3), value(4), value(5))
    Self.exchange(&values.0, &values.5)
    Self.exchange(&values.1, &values.3)
    Self.exchange(&values.2, &values.4)
    Self.exchange(&values.1, &values.2)
    Self.exchange(&values.3, &values.4)
    Self.exchange(&values.0, &values.3)
    Self.exchange(&values.2, &values.5)
    Self.exchange(&values.0, &values.1)
    Self.exchange(&values.2, &values.3)
    Self.exchange(&values.4, &values.5)
    Self.exchange(&values.1, &values.2)
    Self.exchange(&values.3, &values.4)
  }

  @inline(__always)
  private static func exchange(_ lower: inout Double, _ upper: inout Double) {
    (lower, upper) = (least(lower, upper), greatest(lower, upper))
  }

  @inline(__always)
  private static func least(_ first: Double, _ second: Double) -> Double {
    second < first ? second : first
  }

  @inline(__always)
  private static func greatest(_ first: Double, _ second: Double) -> Double {
    first < second ? second : first
  }

  /// The sixth and the seventh of twelve numbers.
  ///
  /// The six smallest are the smaller of each number and its mirror in the other half.
  @inline(__always)
  static func middle(_ first: SortedSix, _ second: SortedSix) -> (lower: Double, upper: Double) {
    let (a, b) = (first.values, second.values)
    func middle(_ choose: (Double, Double) -> Double, _ then: (Double, Double) -> Double) -> Double
    {
      then(
        then(then(choose(a.0, b.5), choose(a.1, b.4)), then(choose(a.2, b.3), choose(a.3, b.2))),
        then(choose(a.4, b.1), choose(a.5, b.0)))
    }
    return (middle(least, greatest), middle(greatest, least))
  }
}
