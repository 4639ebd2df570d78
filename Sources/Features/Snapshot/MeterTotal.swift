/// What one subscription used of one meter, up to each of the days that used it.
struct MeterTotal: Sendable {
  let meter: Int32
  /// The numbers of the active days that used it, ascending.
  private var days: [Int32]
  /// What was used up to each of them.
  private var sums: [Double]

  init(meter: Int32, day: Int, quantity: Double) {
    self.meter = meter
    days = [Int32(day)]
    sums = [quantity]
  }

  mutating func append(_ quantity: Double, day: Int) {
    days.append(Int32(day))
    sums.append(sums[sums.count - 1] + quantity)
  }

  var firstDay: Int { Int(days[0]) }

  /// What was used on the active days before number `day`, of which there is at least one.
  func quantity(before day: Int) -> Double { sums[days.partitionIndex { $0 >= day } - 1] }
}
