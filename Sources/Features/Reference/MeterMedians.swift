/// The median quantity of each meter on each landmark; 0 = never used.
struct MeterMedians: Sendable {
  let landmarkCount: Int
  let meterCount: Int
  /// Meter by meter, because a subscription asks for few meters and many landmarks.
  private var values: [Double]

  init(landmarkCount: Int = 0, meterCount: Int = 0) {
    (self.landmarkCount, self.meterCount) = (landmarkCount, meterCount)
    values = Array(repeating: 0, count: landmarkCount * meterCount)
  }

  mutating func set(_ median: Double, ofMeter meter: Int, onLandmark landmark: Int) {
    values[meter * landmarkCount + landmark] = median
  }

  func median(ofMeter meter: Int32, onLandmark landmark: Int) -> Double {
    values[Int(meter) * landmarkCount + landmark]
  }

  /// One for each place of a subscription's meters.
  func medians(ofMeters meters: SubscriptionMeters, onLandmark landmark: Int) -> [Double] {
    meters.numbers.map { median(ofMeter: $0, onLandmark: landmark) }
  }
}
