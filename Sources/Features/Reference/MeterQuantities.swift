internal import History

/// Counts of quantities by meter, log₂ bin and first landmark that knows them, for the medians.
///
/// A meter's median comes from a histogram of log₂ quantities with eight bins to the octave, so it
/// is exact to 2^(1/16), 4.4 %: enough to make quantities of different meters comparable, and the
/// same for any order of the lines.
///
/// ```
///   meters ─► first bin, bins ─► rows ─► counts: one for each landmark
/// ```
struct MeterQuantities: Sendable {
  /// The bins of one meter that can have counts.
  private struct Meter: Sendable {
    var firstBin: Int32 = 0
    var binCount: Int32 = 0
    /// Where the first bin is in `rows`.
    var start: Int32 = 0
  }

  private let landmarks: [CalendarDay]
  private let lag: Int
  private var meters: [Meter]
  /// Where the counts of each meter's bins begin; -1 without counts.
  private var rows: [Int32] = []
  /// For each landmark by how many it knows more lines than the landmark before.
  private var counts: [Int32] = []
  /// Where the counts of each line's bin begin, -1 for a quantity of 0; of the usage that is added.
  private var rowOfLine: [Int32] = []

  init(landmarks: [CalendarDay], lag: Int, meterCount: Int) {
    self.landmarks = landmarks
    self.lag = lag
    meters = Array(repeating: Meter(), count: meterCount)
  }

  mutating func add(_ usage: UsageHistory) {
    guard !landmarks.isEmpty else { return }
    findRows(usage)
    let (landmarks, lag, rowOfLine) = (landmarks, lag, rowOfLine)
    let (days, meters, rows) = (usage.days.span, usage.meters.span, rowOfLine.span)
    let firstKnown = usage.firstKnown.span
    var counts = counts.mutableSpan
    var previous = -1
    var next = 0
    for line in days.indices {
      let isCorrection =
        line > 0 && days[line] == days[line - 1] && meters[line] == meters[line - 1]
      if !isCorrection { previous = -1 }
      let known = max(days[line] + lag, firstKnown[line])
      next = landmarks.firstIndex(from: known, near: next)
      guard next < landmarks.count else { continue }
      // From its landmark on a correction replaces the version known before.
      if previous >= 0 { counts[previous + next] -= 1 }
      previous = Int(rows[line])
      if previous >= 0 { counts[previous + next] += 1 }
    }
  }

  /// Finds where each line counts, and makes room for bins that are new.
  private mutating func findRows(_ usage: UsageHistory) {
    rowOfLine.removeAll(keepingCapacity: true)
    let (lines, quantities) = (usage.meters.span, usage.quantities.span)
    for line in lines.indices {
      let quantity = quantities[line]
      rowOfLine.append(
        quantity > 0 ? row(ofMeter: Int(lines[line]), bin: QuantityBins.bin(quantity)) : -1)
    }
  }

  @inline(__always)
  private mutating func row(ofMeter number: Int, bin: Int) -> Int32 {
    let meter = meters[number]
    let index = bin - Int(meter.firstBin)
    if index >= 0, index < Int(meter.binCount) {
      let row = rows[Int(meter.start) + index]
      if row >= 0 { return row }
    }
    return addRow(ofMeter: number, bin: bin)
  }

  private mutating func addRow(ofMeter number: Int, bin: Int) -> Int32 {
    var meter = meters[number]
    let known = Int(meter.firstBin)..<Int(meter.firstBin + meter.binCount)
    if !known.contains(bin) {
      // An octave more than it takes, at least: the quantities of a meter lie close together.
      let room = max(QuantityBins.perOctave, known.count)
      let first =
        known.isEmpty || bin < known.lowerBound ? max(0, bin - room) : known.lowerBound
      let end = known.isEmpty || bin >= known.upperBound ? bin + 1 + room : known.upperBound
      let start = rows.count
      rows += repeatElement(-1, count: end - first)
      for bin in known {
        rows[start + bin - first] = rows[Int(meter.start) + bin - known.lowerBound]
      }
      meter = Meter(firstBin: Int32(first), binCount: Int32(end - first), start: Int32(start))
      meters[number] = meter
    }
    let row = Int32(counts.count)
    rows[Int(meter.start) + bin - Int(meter.firstBin)] = row
    counts += repeatElement(0, count: landmarks.count)
    return row
  }

  /// The bins of a meter that have counts, ascending, and where these begin.
  private func countedBins(ofMeter number: Int) -> [(bin: Int, row: Int)] {
    let meter = meters[number]
    return (0..<Int(meter.binCount)).compactMap { index in
      let row = Int(rows[Int(meter.start) + index])
      return row < 0 ? nil : (Int(meter.firstBin) + index, row)
    }
  }

  /// Adds what was counted of other usage.
  mutating func add(_ other: MeterQuantities) {
    for number in other.meters.indices {
      for (bin, otherRow) in other.countedBins(ofMeter: number) {
        let row = Int(row(ofMeter: number, bin: bin))
        for landmark in landmarks.indices {
          counts[row + landmark] += other.counts[otherRow + landmark]
        }
      }
    }
  }

  /// The lower median of all lines of each meter known on each landmark; 0 where there are none.
  func medians() -> MeterMedians {
    var medians = [Double](repeating: 0, count: landmarks.count * meters.count)
    for number in meters.indices {
      let bins = countedBins(ofMeter: number)
      // Of each bin the lines known so far.
      var known = Array(repeating: 0, count: bins.count)
      for landmark in landmarks.indices {
        var total = 0
        for (index, bin) in bins.enumerated() {
          known[index] += Int(counts[bin.row + landmark])
          total += known[index]
        }
        guard total > 0 else { continue }
        var before = 0
        let middle = known.firstIndex { count in
          before += count
          return 2 * before >= total
        }
        guard let middle else { continue }
        medians[number * landmarks.count + landmark] = QuantityBins.quantity(
          ofBin: bins[middle].bin)
      }
    }
    return MeterMedians(landmarkCount: landmarks.count, values: medians)
  }
}
