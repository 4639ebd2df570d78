/// What a subscription's active days count for in typical lines, on every landmark.
///
/// ```
///   landmark    L0   L1   L2   L3   L4
///   version     0    0    1    1    1       the median of one of its meters changed on L2
/// ```
/// A median comes from bins and seldom changes from one landmark to the next: the days of landmarks with the
/// same medians are counted once.
final class DayQuantities: Sendable {
  /// Version by version, one for each active day.
  private let quantities: [Double]
  private let versionOfLandmark: [Int32]
  private let dayCount: Int

  /// - Parameters:
  ///   - usage: all lines.
  ///   - meters: of the subscription.
  ///   - medians: of every landmark.
  init(_ usage: DailyUsage, _ meters: SubscriptionMeters, _ medians: MeterMedians) {
    dayCount = usage.days.count
    var quantities: [Double] = []
    var versionOfLandmark: [Int32] = []
    var present: [Double] = []
    versionOfLandmark.reserveCapacity(medians.landmarkCount)
    for landmark in 0..<medians.landmarkCount where dayCount > 0 {
      let isSame =
        !present.isEmpty
        && meters.numbers.indices.allSatisfy {
          present[$0] == medians.median(ofMeter: meters.numbers[$0], onLandmark: landmark)
        }
      if !isSame {
        present = medians.medians(ofMeters: meters, onLandmark: landmark)
        usage.appendTypicalLines(ofDays: 0..<dayCount, present, to: &quantities)
      }
      versionOfLandmark.append(Int32(quantities.count / dayCount - 1))
    }
    (self.quantities, self.versionOfLandmark) = (quantities, versionOfLandmark)
  }

  /// Calls `body` with the quantities of some days, ≥ 0, on a landmark.
  func withQuantities<Result>(
    ofDays days: Range<Int>, onLandmark landmark: Int, _ body: (Span<Double>) -> Result
  ) -> Result {
    guard !days.isEmpty else { return body(Span()) }
    let first = Int(versionOfLandmark[landmark]) * dayCount
    let quantities = quantities
    return body(
      quantities.span.extracting(first + days.lowerBound..<first + days.upperBound))
  }
}
