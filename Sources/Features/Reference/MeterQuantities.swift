internal import Glibc
internal import History

/// Counts of quantities by meter, first landmark that knows them, and log₂ bin, for the medians.
///
/// A meter's median comes from a histogram of log₂ quantities with eight bins to the octave, so it
/// is exact to 2^(1/16), 4.4 %: enough to make quantities of different meters comparable, and the
/// same for any order of the lines.
struct MeterQuantities: Sendable {
  private let landmarks: [CalendarDay]
  private let lag: Int
  /// (meter, landmark, bin) packed into one word → lines.
  private var lines: [UInt64: Int32] = [:]

  init(landmarks: [CalendarDay], lag: Int) {
    self.landmarks = landmarks
    self.lag = lag
  }

  mutating func add(_ usage: UsageHistory) {
    var previous: (landmark: Int, key: UInt64)?
    let (days, meters) = (usage.days.span, usage.meters.span)
    let (quantities, firstKnown) = (usage.quantities.span, usage.firstKnown.span)
    var next = 0
    for row in days.indices {
      let isCorrection =
        row > 0 && days[row] == days[row - 1] && meters[row] == meters[row - 1]
      if !isCorrection { previous = nil }
      let known = max(days[row] + lag, firstKnown[row])
      next = firstLandmark(from: known, near: next)
      guard next < landmarks.count else { continue }
      // From its landmark on a correction replaces the version known before.
      if let previous { lines[Self.key(previous.key, next), default: 0] -= 1 }
      previous = nil
      guard quantities[row] > 0 else { continue }
      let key = Self.key(meter: meters[row], bin: Self.bin(quantities[row]))
      lines[Self.key(key, next), default: 0] += 1
      previous = (next, key)
    }
  }

  /// Adds what was counted of other usage.
  mutating func add(_ other: MeterQuantities) {
    lines.merge(other.lines) { $0 + $1 }
  }

  /// The first landmark from a day on; tried first are the one of the row before and the next, because most
  /// rows are known soon after the row before.
  private func firstLandmark(from day: CalendarDay, near index: Int) -> Int {
    if index == 0 || landmarks[index - 1] < day {
      if index == landmarks.count || landmarks[index] >= day { return index }
      if index + 1 == landmarks.count || landmarks[index + 1] >= day { return index + 1 }
    }
    return landmarks.partitionIndex { $0 >= day }
  }

  private static let binsPerOctave = 8.0
  private static let binOffset = 2_048

  /// Bins 0 … 4,095 cover quantities from 2⁻²⁵⁶ to 2²⁵⁶.
  private static func bin(_ quantity: Double) -> Int {
    // Cut before it becomes an integer: the logarithm of infinity is none.
    let bin = (log2(quantity) * binsPerOctave).rounded(.down) + Double(binOffset)
    return Int(min(max(bin, 0), 4_095))
  }

  private static func quantity(ofBin bin: Int) -> Double {
    exp2((Double(bin - binOffset) + 0.5) / binsPerOctave)
  }

  private static func key(meter: Int32, bin: Int) -> UInt64 {
    UInt64(UInt32(bitPattern: meter)) << 32 | UInt64(bin)
  }

  private static func key(_ meterAndBin: UInt64, _ landmark: Int) -> UInt64 {
    meterAndBin | UInt64(landmark) << 12
  }

  /// For each landmark the median of each meter over all lines known then; 0 where there are none.
  func medians(meterCount: Int) -> [[Double]] {
    var byMeter: [[(landmark: Int, bin: Int, count: Int)]] = Array(repeating: [], count: meterCount)
    for (key, count) in lines where count != 0 {
      byMeter[Int(key >> 32)].append((Int(key >> 12 & 0xF_FFFF), Int(key & 0xFFF), Int(count)))
    }
    var medians = Array(repeating: Array(repeating: 0.0, count: meterCount), count: landmarks.count)
    for meter in 0..<meterCount {
      var entries = byMeter[meter]
      entries.sort { ($0.landmark, $0.bin) < ($1.landmark, $1.bin) }
      var bins: [Int: Int] = [:]
      var next = 0
      for landmark in landmarks.indices {
        let start = next
        while next < entries.count, entries[next].landmark == landmark {
          bins[entries[next].bin, default: 0] += entries[next].count
          next += 1
        }
        medians[landmark][meter] =
          start == next && landmark > 0 ? medians[landmark - 1][meter] : Self.median(of: bins)
      }
    }
    return medians
  }

  /// The lower median of the binned quantities.
  private static func median(of bins: [Int: Int]) -> Double {
    let total = bins.values.reduce(0, +)
    var before = 0
    for (bin, count) in bins.sorted(by: { $0.key < $1.key }) {
      before += count
      if total > 0, 2 * before >= total { return quantity(ofBin: bin) }
    }
    return 0
  }
}
