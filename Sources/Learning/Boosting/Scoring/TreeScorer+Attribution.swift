internal import CPrefetch

/// Adds the contributions of one tree for the rows of a tile.
///
/// All nodes are asked for sixteen rows at once; the answers of a group's bits make a pattern per row,
/// and the pattern is the line of its table. Limit: one load and one addition to memory per row, group
/// and column of the group.
struct AttributionKernel: Sendable {
  private let groups: [AttributionGroup]
  private static let tileRows = TreeScorer.tileRows

  init(groups: [AttributionGroup]) { self.groups = groups }

  /// Adds to the contributions of a tile.
  ///
  /// - Parameters:
  ///   - tests: Of the nodes of the tree.
  ///   - bytes: The tile's bytes, column after column.
  ///   - rowCount: Rows of the tile in use.
  ///   - columnCount: Raw columns.
  ///   - result: (rowCount, columnCount).
  func add(
    tests: [ForestTests.Test], bytes: [UInt8], rowCount: Int, columnCount: Int,
    to result: inout MutableSpan<Double>
  ) {
    let answers = answers(tests, bytes: bytes)
    var patterns = [UInt16](repeating: 0, count: Self.tileRows)
    for group in groups {
      guard group.game == nil else {
        play(group, answers, rowCount: rowCount, columnCount: columnCount, to: &result)
        continue
      }
      fillPatterns(group, answers, &patterns)
      addLines(group, patterns, rowCount: rowCount, columnCount: columnCount, to: &result)
    }
  }

  /// 0xFF per node and row that goes left, else 0.
  private func answers(_ tests: [ForestTests.Test], bytes: [UInt8]) -> [UInt8] {
    let tileRows = Self.tileRows
    var answers = [UInt8](repeating: 0, count: tests.count * tileRows)
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe answers.withUnsafeMutableBytes { answers in
        for (node, test) in tests.enumerated() {
          let shift = SIMD16<UInt8>(repeating: test.shift)
          let limit = SIMD16<UInt8>(repeating: test.limit)
          for start in stride(from: 0, to: tileRows, by: 16) {
            // SAFETY: a tile of bytes per column, a tile of answers per node.
            let x = unsafe bytes.loadUnaligned(
              fromByteOffset: test.column * tileRows + start, as: SIMD16<UInt8>.self)
            let left = SIMD16<UInt8>.zero.replacing(
              with: SIMD16(repeating: 0xFF), where: (x &- shift) .<= limit)
            unsafe answers.storeBytes(
              of: left, toByteOffset: node * tileRows + start, as: SIMD16<UInt8>.self)
          }
        }
      }
    }
    return answers
  }

  /// The pattern of each row: bit after bit, sixteen rows at once.
  private func fillPatterns(
    _ group: AttributionGroup, _ answers: [UInt8], _ patterns: inout [UInt16]
  ) {
    let tileRows = Self.tileRows
    unsafe answers.withUnsafeBytes { answers in
      for start in stride(from: 0, to: tileRows, by: 16) {
        var low = SIMD16<UInt8>.zero
        var high = SIMD16<UInt8>.zero
        for (bit, conditions) in group.bits.enumerated() {
          var holds = SIMD16<UInt8>(repeating: 0xFF)
          for condition in conditions {
            // SAFETY: a tile of answers per node.
            let left = unsafe answers.loadUnaligned(
              fromByteOffset: condition.node * tileRows + start, as: SIMD16<UInt8>.self)
            holds &= condition.isLeft ? left : ~left
          }
          if bit < 8 {
            low |= holds & (1 << UInt8(bit))
          } else {
            high |= holds & (1 << UInt8(bit - 8))
          }
        }
        for lane in 0..<16 {
          patterns[start + lane] = UInt16(low[lane]) | UInt16(high[lane]) << 8
        }
      }
    }
  }

  private func addLines(
    _ group: AttributionGroup, _ patterns: [UInt16], rowCount: Int, columnCount: Int,
    to result: inout MutableSpan<Double>
  ) {
    let width = group.columns.count
    precondition(
      result.count == rowCount * columnCount && group.columns.allSatisfy { $0 < columnCount }
        && group.table.count == width << group.bits.count)
    let columns = group.columns
    unsafe result.withUnsafeMutableBufferPointer { result in
      unsafe group.table.withUnsafeBufferPointer { table in
        unsafe columns.withUnsafeBufferPointer { columns in
          // SAFETY: a pattern has one bit per bit of the group, columns are < columnCount: checked
          // above.
          let columns = unsafe columns.baseAddress.unsafelyUnwrapped
          let table = unsafe table.baseAddress.unsafelyUnwrapped
          for row in 0..<rowCount {
            // Lines are far apart; those of the rows to come are asked for in time.
            let ahead = unsafe table + Int(patterns[min(row &+ 12, rowCount &- 1)]) &* width
            unsafe prefetch(ahead)
            unsafe prefetch(ahead + (width &- 1))
            let line = unsafe table + Int(patterns[row]) &* width
            let target = unsafe result.baseAddress.unsafelyUnwrapped + row &* columnCount
            for index in 0..<width { unsafe target[columns[index]] += line[index] }
          }
        }
      }
    }
  }

  /// Plays the game of a leaf with a long path for each row.
  private func play(
    _ group: AttributionGroup, _ answers: [UInt8], rowCount: Int, columnCount: Int,
    to result: inout MutableSpan<Double>
  ) {
    guard let game = group.game else { return }
    let shares = game.players.map(\.share)
    var values = [Double](repeating: 0, count: shares.count)
    var satisfied = [Bool](repeating: false, count: shares.count)
    var solver = ShapleyValues(playerCount: shares.count)
    for row in 0..<rowCount {
      for player in satisfied.indices {
        var isSatisfied = true
        for answer in group.bits[player] {
          let isLeft = answers[answer.node * Self.tileRows + row] == 0xFF
          isSatisfied = isSatisfied && isLeft == answer.isLeft
        }
        satisfied[player] = isSatisfied
      }
      solver.values(value: game.value, shares: shares, satisfied: satisfied, into: &values)
      for (player, column) in group.columns.enumerated() {
        result[row * columnCount + column] += values[player]
      }
    }
  }
}
