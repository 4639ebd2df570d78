internal import Glibc
internal import History

/// Counts of quantities by meter, log₂ bin and first landmark that knows them, for the medians.
///
/// A meter's median comes from a histogram of log₂ quantities with eight bins to the octave, so it
/// is exact to 2^(1/16), 4.4 %: enough to make quantities of different meters comparable, and the
/// same for any order of the lines.
struct MeterQuantities: Sendable {
  /// Which bins of one meter have counts.
  private struct Bins: Sendable {
    private(set) var first = 0
    /// For each bin from `first` on its row of counts; -1 without one.
    private(set) var rows: [Int32] = []

    /// The row of a bin; `next` for one that has none, which becomes its row.
    mutating func row(ofBin bin: Int, next: Int) -> Int {
      if rows.isEmpty { first = bin }
      if bin < first {
        rows.insert(contentsOf: repeatElement(-1, count: first - bin), at: 0)
        first = bin
      }
      while bin >= first + rows.count { rows.append(-1) }
      if rows[bin - first] < 0 { rows[bin - first] = Int32(next) }
      return Int(rows[bin - first])
    }
  }

  private let landmarks: [CalendarDay]
  private let lag: Int
  /// By meter.
  private var bins: [Bins]
  /// Row by row, one for each landmark: by how many it knows more lines than the landmark before.
  private var counts: [Int32] = []

  init(landmarks: [CalendarDay], lag: Int, meterCount: Int) {
    self.landmarks = landmarks
    self.lag = lag
    bins = Array(repeating: Bins(), count: meterCount)
  }

  mutating func add(_ usage: UsageHistory) {
    guard !landmarks.isEmpty else { return }
    var previous: Int?
    let (days, meters) = (usage.days.span, usage.meters.span)
    let (quantities, firstKnown) = (usage.quantities.span, usage.firstKnown.span)
    var next = 0
    for row in days.indices {
      let isCorrection =
        row > 0 && days[row] == days[row - 1] && meters[row] == meters[row - 1]
      if !isCorrection { previous = nil }
      let known = max(days[row] + lag, firstKnown[row])
      next = landmarks.firstIndex(from: known, near: next)
      guard next < landmarks.count else { continue }
      // From its landmark on a correction replaces the version known before.
      if let previous { counts[previous + next] -= 1 }
      previous = nil
      guard quantities[row] > 0 else { continue }
      let start = firstCount(ofMeter: Int(meters[row]), bin: Self.bin(quantities[row]))
      counts[start + next] += 1
      previous = start
    }
  }

  /// Where the counts of a meter and a bin begin.
  private mutating func firstCount(ofMeter meter: Int, bin: Int) -> Int {
    let start = bins[meter].row(ofBin: bin, next: counts.count / landmarks.count) * landmarks.count
    if start == counts.count { counts += repeatElement(0, count: landmarks.count) }
    return start
  }

  /// Adds what was counted of other usage.
  mutating func add(_ other: MeterQuantities) {
    for (meter, others) in other.bins.enumerated() {
      for (offset, row) in others.rows.enumerated() where row >= 0 {
        let start = firstCount(ofMeter: meter, bin: others.first + offset)
        let otherStart = Int(row) * landmarks.count
        for landmark in landmarks.indices {
          counts[start + landmark] += other.counts[otherStart + landmark]
        }
      }
    }
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

  /// The lower median of all lines of each meter known on each landmark; 0 where there are none.
  func medians() -> MeterMedians {
    var medians = [Double](repeating: 0, count: landmarks.count * bins.count)
    for (meter, bins) in bins.enumerated() {
      let rows = bins.rows.enumerated().filter { $0.element >= 0 }
      // Of each row the lines known so far.
      var known = Array(repeating: 0, count: rows.count)
      for landmark in landmarks.indices {
        var total = 0
        for (index, row) in rows.enumerated() {
          known[index] += Int(counts[Int(row.element) * landmarks.count + landmark])
          total += known[index]
        }
        guard total > 0 else { continue }
        var before = 0
        let middle = known.firstIndex { count in
          before += count
          return 2 * before >= total
        }
        let bin = bins.first + (middle.map { rows[$0].offset } ?? 0)
        medians[meter * landmarks.count + landmark] = Self.quantity(ofBin: bin)
      }
    }
    return MeterMedians(landmarkCount: landmarks.count, values: medians)
  }
}
