import Files
import Learning

/// A made-up table of numbers, for learners that know nothing of usage.
///
///     column 0 of all rows, column 1, …, label of all rows          32-bit floats, least byte first
///
/// The log-odds of the label are a sum of straight, bent, periodic and joint effects of 15 columns; the
/// other columns are noise.
struct NumbersFile: Hashable {
  static let columns = 60

  /// Rows to learn from, and behind them rows to be scored.
  static let trainingRows = 400_000
  static let scoredRows = 100_000
  static let rows = trainingRows + scoredRows

  /// The rows to learn from and those to be scored, where those are one of the five fifths.
  static func split(fold: Int) -> (training: [Int], scored: [Int]) {
    let scored = fold * scoredRows..<(fold + 1) * scoredRows
    return (Array(0..<scored.lowerBound) + Array(scored.upperBound..<rows), Array(scored))
  }

  /// The folder it stands in.
  var folder: String

  var path: String { "\(folder)/numbers-v1-\(Self.rows)x\(Self.columns).f32" }

  /// Writes the file whole.
  func write() throws {
    var generator = SplitMix64(seed: 1)
    var columns = [[Float]](repeating: [], count: Self.columns)
    for column in columns.indices {
      columns[column] = (0..<Self.rows).map { _ in
        // Nearly normal, mean 0, deviation 1.
        Float(
          2 * (generator.nextUnit() + generator.nextUnit() + generator.nextUnit() - 1.5))
      }
    }
    let labels = (0..<Self.rows).map { row -> Float in
      let x = columns[0][row] + columns[1][row] * columns[2][row] - 0.7 * abs(columns[3][row])
      let linear = (5..<15).reduce(Float(0)) { $0 + 0.3 * columns[$1][row] }
      let wave = columns[4][row] > 0 ? Float(0.8) : -0.8
      let logOdds = Double(x + linear + wave - 1.5)
      return generator.nextUnit() < Logistic.probability(logOdds: logOdds) ? 1 : 0
    }
    try makeFolder(folder)
    try writeFile(path) { file in
      for column in columns + [labels] {
        var block: [UInt8] = []
        block.reserveCapacity(column.count * 4)
        for value in column {
          let bits = value.bitPattern
          for shift in stride(from: UInt32(0), to: 32, by: 8) {
            block.append(UInt8(truncatingIfNeeded: bits >> shift))
          }
        }
        try file.write(block)
      }
    }
  }

  /// Reads a file of this kind.
  static func read(_ path: String) throws -> Dataset {
    let bytes = try contents(ofFile: path)
    guard bytes.count == (columns + 1) * rows * 4 else {
      throw NotMeasured(reason: "the file of numbers has another size than expected")
    }
    func values(_ column: Int) -> [Double] {
      (0..<rows).map { row in
        let at = (column * rows + row) * 4
        let bits =
          UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
          | UInt32(bytes[at + 3]) << 24
        return Double(Float(bitPattern: bits))
      }
    }
    return Dataset(
      columnNames: (0..<columns).map { "x\($0)" },
      columns: (0..<columns).map { .numeric(values($0)) }, labels: values(columns))
  }
}
