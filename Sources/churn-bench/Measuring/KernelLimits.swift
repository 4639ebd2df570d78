import ForkJoin
import Learning

/// What the processors can do at most of what the learners are made of, measured in the same run.
///
///     histograms   a word is added to one of 256 sums that are in L1, which one a byte read from memory says
///     BLAS         AᵀA of a block in the cache, whose order is large enough for the kernel's full speed
///     tests        sixteen bytes from L1 are compared with a limit at once, and the answers kept in a register
///     memory       sums of words, all processors at once
struct KernelLimits {
  /// Words added to histograms in a second.
  let additions: Double
  /// Bytes compared with a limit in a second.
  let tests: Double
  /// Multiplications and additions in a second.
  let operations: Double
  /// Bytes read from memory in a second.
  let bytes: Double

  private static let binCount = 1 << 24
  /// A column that stays in L1, and how often it is tested.
  private static let (columnBytes, columnPasses) = (1 << 13, 1 << 14)
  private static let (order, rows) = (512, 2_048)
  /// Words each processor reads, together more than the caches hold.
  private static let wordCount = 1 << 23

  /// Measures on so many threads, ≥ 1; the best of five each.
  init(threads: Int) {
    func rate(_ amount: Int, _ work: @escaping @Sendable () -> UInt64) -> Double {
      let seconds =
        (0..<5).map { _ in
          let start = monotonicSeconds()
          let checks = concurrentMap(count: threads) { _ in work() }
          let seconds = monotonicSeconds() - start
          // Keeps the work from being left out.
          precondition(Set(checks).count == 1, "all threads do the same")
          return seconds
        }.min() ?? .infinity
      return Double(amount * threads) / seconds
    }
    var random = SplitMix64(seed: 1)
    let bins = (0..<Self.binCount).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    additions = rate(bins.count) { Self.added(bins) }
    let column = Array(bins[..<Self.columnBytes])
    tests = rate(column.count * Self.columnPasses) { Self.tested(column) }
    let block = (0..<Self.rows * Self.order).map { _ in Double(random.next() >> 40) }
    operations = rate(Self.rows * Self.order * (Self.order + 1)) {
      var gram = [Double](repeating: 0, count: Self.order * Self.order)
      var sums = gram.mutableSpan
      BLAS.addGram(block.span, rowCount: Self.rows, order: Self.order, into: &sums)
      return gram[0].bitPattern
    }
    let words = [UInt64](repeating: 3, count: Self.wordCount * threads)
    bytes = rate(Self.wordCount * 8) { words[..<Self.wordCount].reduce(0, &+) }
  }

  private static func added(_ bins: [UInt8]) -> UInt64 {
    var sums = [UInt64](repeating: 0, count: 256)
    // SAFETY: a byte is below 256, the count of the sums; both buffers are valid inside their closures.
    unsafe bins.withUnsafeBufferPointer { bins in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        for index in 0..<bins.count { unsafe sums[Int(bins[index])] &+= 0x1_0000_0001 }
      }
    }
    return sums.reduce(0, &+)
  }

  private static func tested(_ column: [UInt8]) -> UInt64 {
    var answers = SIMD16<UInt8>(repeating: 0xFF)
    for pass in 0..<columnPasses {
      let limit = SIMD16(repeating: UInt8(truncatingIfNeeded: pass))
      unsafe column.withUnsafeBytes { bytes in
        for start in stride(from: 0, to: columnBytes, by: 16) {
          // SAFETY: the column is whole groups of sixteen.
          let x = unsafe bytes.loadUnaligned(fromByteOffset: start, as: SIMD16<UInt8>.self)
          answers.replace(with: answers ^ x, where: x .<= limit)
        }
      }
    }
    return UInt64(answers.wrappedSum())
  }

  /// How far scoring, which asks so many questions of rows, is from the limit.
  func text(tests count: Int, seconds: Double) -> String {
    "Limit of scoring: \(giga(count)) questions of nodes; in L1 the processors compare "
      + "\(giga(tests)) bytes/s, \(distance(seconds, from: Double(count) / tests))"
  }

  /// How far contributions, which add so many numbers, are from the limit.
  func text(contributions count: Int, seconds: Double) -> String {
    "Limit of contributions: \(giga(count)) numbers are added, one for each row, group of leaves and column "
      + "of the group; in L1 the processors add \(giga(additions))/s, "
      + distance(seconds, from: Double(count) / additions)
  }

  /// How far learning trees, which adds so many words, is from the limit.
  func text(additions count: Int, seconds: Double) -> String {
    "Limit of learning trees: \(giga(count)) words are added to histograms; in L1 the processors add "
      + "\(giga(additions))/s, \(distance(seconds, from: Double(count) / additions))"
  }

  /// The end of a sentence that has told a rate.
  private func distance(_ seconds: Double, from least: Double) -> String {
    "so at least \(secondsText(least)). \(Program.name) takes \(secondsText(seconds)), "
      + "\(decimals(seconds / least, 2)) times that."
  }

  /// How far Newton's method is from the limit.
  ///
  /// - Parameters:
  ///   - steps: of the fit; each makes XᵀWX and reads the design for it, and once more for the log-odds.
  ///   - rows: of the design.
  ///   - columns: of the design.
  ///   - seconds: what the fit takes.
  /// - Returns: a sentence or two.
  func text(steps: Int, rows: Int, columns: Int, seconds: Double) -> String {
    let flops = Double(steps * rows * columns * (columns + 1))
    let read = Double(2 * steps * rows * columns * 8)
    let least = max(flops / operations, read / bytes)
    return
      "Limit of the logistic fit: \(steps) steps are \(giga(flops)) operations at \(giga(operations))/s of "
      + "dsyrk, \(secondsText(flops / operations)), and \(giga(read)) bytes at \(giga(bytes))/s, "
      + "\(secondsText(read / bytes)). \(Program.name) takes \(secondsText(seconds)), "
      + "\(decimals(seconds / least, 2)) times the longer."
  }

  private func giga(_ value: Double) -> String { "\(decimals(value / 1e9, 2)) G" }
  private func giga(_ value: Int) -> String { giga(Double(value)) }
}
