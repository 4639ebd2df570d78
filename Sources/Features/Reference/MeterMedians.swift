/// The median quantity of each meter on each landmark; 0 = never used.
final class MeterMedians: Sendable {
  let landmarkCount: Int
  /// Meter by meter, because a subscription asks for few meters and many landmarks.
  private let values: [Double]

  /// - Parameters:
  ///   - landmarkCount: how many landmarks there are.
  ///   - values: meter by meter, one for each landmark.
  init(landmarkCount: Int = 0, values: [Double] = []) {
    (self.landmarkCount, self.values) = (landmarkCount, values)
  }

  func median(ofMeter meter: Int32, onLandmark landmark: Int) -> Double {
    values[Int(meter) * landmarkCount + landmark]
  }

  /// One for each place of a subscription's meters.
  func medians(ofMeters meters: SubscriptionMeters, onLandmark landmark: Int) -> [Double] {
    meters.numbers.map { median(ofMeter: $0, onLandmark: landmark) }
  }
}
