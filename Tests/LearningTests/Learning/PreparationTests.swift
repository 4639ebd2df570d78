import Foundation
import TestSupport
import Testing

@testable import Learning

struct PreparationTests {
  private func column(
    _ column: Column, rows: Int? = nil, options: PreparationOptions = .standard
  ) -> (Preparation, Matrix) {
    let dataset = Dataset(columnNames: ["c"], columns: [column])
    let preparation = Preparation.fit(
      dataset, rows: Array(0..<(rows ?? dataset.rowCount)), options: options)
    return (preparation, preparation.apply(dataset, rows: Array(0..<dataset.rowCount)))
  }

  @Test func `standardizes a flag and nothing else`() {
    let (preparation, design) = column(.numeric([0, 1, 0, 1]))
    #expect(preparation.designColumns.map(\.term) == [.value])
    #expect(design.column(0) == [-1, 1, -1, 1])
  }

  @Test func `bends at the interior sextiles`() {
    // 0 … 60: quantiles at 1/6 … 5/6 are 10, 20, 30, 40, 50; clips 0.6 and 59.4.
    let (preparation, _) = column(.numeric((0...60).map(Double.init)))
    let knots = preparation.designColumns.compactMap(\.knot)
    #expect(knots.count == 5)
    for (knot, expected) in zip(knots, [10.0, 20, 30, 40, 50]) {
      #expect(abs(knot - expected) < 1e-12)
    }
    #expect(abs(preparation.transforms[0].lowerClip - 0.6) < 1e-12)
    #expect(abs(preparation.transforms[0].upperClip - 59.4) < 1e-12)
  }

  @Test func `takes the signed logarithm of skewed columns only`() {
    let skewed = (0..<100).map { (row: Int) -> Double in
      row < 90 ? Double(row % 5) : 1000 * Double(row - 89)
    }
    let (preparation, _) = column(.numeric(skewed))
    #expect(preparation.transforms[0].isLogged)
    #expect(NumericTransform.signedLog(-3) == -NumericTransform.signedLog(3))
    let (plain, _) = column(.numeric((0..<100).map { Double($0 % 5) }))
    #expect(!plain.transforms[0].isLogged)
  }

  @Test func `fills gaps with the median and marks them`() {
    let values = (0..<100).map { $0 < 30 ? Double.nan : Double($0 % 2) }
    let (preparation, design) = column(.numeric(values))
    #expect(preparation.designColumns.map(\.term) == [.value, .missing])
    #expect(preparation.transforms[0].fill == 0.5)
    #expect(design[0, 0] == design[1, 0])
    #expect(design[0, 1] > 0 && design[99, 1] < 0)
  }

  @Test func `does not mark gaps that are rarer than a level may be`() {
    let values = (0..<100).map { $0 < 19 ? Double.nan : Double($0 % 2) }
    let (preparation, _) = column(.numeric(values))
    #expect(preparation.designColumns.map(\.term) == [.value])
    #expect(preparation.dropped == [DroppedColumn(name: "c unknown", reason: .rare)])
  }

  @Test func `gives frequent levels a column and pools the rest`() {
    // 40 a, 30 b, 15 c, 10 d, 5 unknown: c, d and the unknown share the pool of 30.
    let counts: [(code: Int32, rows: Int)] = [(0, 40), (1, 30), (2, 15), (3, 10), (-1, 5)]
    let codes = counts.flatMap { [Int32](repeating: $0.code, count: $0.rows) }
    let (preparation, design) = column(
      .categorical(codes: codes, levels: ["a", "b", "c", "d"]))
    #expect(preparation.designColumns.map(\.term) == [.level, .level, .pool])
    #expect(preparation.designColumns.compactMap(\.level) == ["a", "b"])
    #expect(preparation.designColumns.map(\.mean) == [0.4, 0.3, 0.3])
    #expect(design[0, 0] > 0 && design[0, 1] < 0 && design[0, 2] < 0)
    for row in [70, 85, 99] { #expect(design[row, 2] > 0 && design[row, 0] < 0) }
  }

  @Test func `unknown is a level of its own when frequent`() {
    let codes = (0..<100).map { (row: Int) -> Int32 in row < 50 ? 0 : row < 75 ? 1 : -1 }
    let (preparation, design) = column(.categorical(codes: codes, levels: ["a", "b"]))
    #expect(preparation.designColumns.map(\.term) == [.level, .level, .unknown])
    #expect(design[99, 2] > 0)
  }

  @Test func `matches levels by name and sends new ones to the pool`() {
    let codes = (0..<100).map { (row: Int) -> Int32 in
      row < 40 ? 0 : row < 75 ? 1 : Int32(2 + row % 5)
    }
    let training = Dataset(
      columnNames: ["k"],
      columns: [.categorical(codes: codes, levels: ["a", "b", "r", "s", "t", "u", "v"])])
    let preparation = Preparation.fit(training, rows: Array(0..<100))
    let later = Dataset(
      columnNames: ["k"], columns: [.categorical(codes: [0, 1, 2, -1], levels: ["new", "b", "r"])])
    let design = preparation.apply(later, rows: [0, 1, 2, 3])
    let pool = 2
    #expect(preparation.designColumns[pool].term == .pool)
    #expect(design[0, pool] > 0 && design[2, pool] > 0 && design[3, pool] > 0)
    #expect(design[1, 1] > 0 && design[1, pool] < 0)
  }

  @Test func `a new level without a pool is zero everywhere`() {
    let training = Dataset(
      columnNames: ["k"],
      columns: [.categorical(codes: (0..<60).map { Int32($0 % 2) }, levels: ["a", "b"])])
    let preparation = Preparation.fit(training, rows: Array(0..<60))
    let later = Dataset(
      columnNames: ["k"], columns: [.categorical(codes: [0], levels: ["c"])])
    #expect(preparation.apply(later, rows: [0]).values == [-1, -1])
  }

  @Test func `drops what carries nothing and says why`() {
    let x = (0..<100).map { Double($0 % 2) }
    let dataset = Dataset(
      columnNames: ["x", "same", "still", "empty", "twin", "lonely"],
      columns: [
        .numeric(x), .numeric(x), .numeric([Double](repeating: 3, count: 100)),
        .numeric([Double](repeating: .nan, count: 100)), .numeric(x),
        .categorical(codes: [Int32](repeating: -1, count: 100), levels: ["a"]),
      ])
    let preparation = Preparation.fit(dataset, rows: Array(0..<100))
    #expect(preparation.designColumns.count == 1)
    #expect(
      preparation.dropped == [
        DroppedColumn(name: "same", reason: .duplicate, duplicateOf: "x"),
        DroppedColumn(name: "still", reason: .constant),
        DroppedColumn(name: "empty", reason: .unknown),
        DroppedColumn(name: "twin", reason: .duplicate, duplicateOf: "x"),
        DroppedColumn(name: "lonely", reason: .unknown),
      ])
  }

  @Test func `a column unknown in all but a few rows is dropped`() {
    var values = [Double](repeating: .nan, count: 1000)
    for row in 0..<9 { values[row] = Double(row) }
    #expect(column(.numeric(values)).0.dropped.map(\.reason) == [.unknown])
    values[9] = 9
    #expect(column(.numeric(values)).0.dropped.map(\.reason) != [.unknown])
  }

  @Test func `a column that at most times is unknown of everyone is dropped`() {
    let times = (0..<200).map { Int32($0 / 40) }
    func dropped(knownFrom first: Int32, times: [Int32]?, butFor row: Int? = nil) -> [DroppedColumn]
    {
      var values = (0..<200).map { $0 / 40 < first ? .nan : Double($0 % 7) }
      if let row { values[row] = 1 }
      let codes = values.map { $0.isNaN ? Int32(-1) : Int32($0) % 2 }
      let dataset = Dataset(
        columnNames: ["number", "level"],
        columns: [.numeric(values), .categorical(codes: codes, levels: ["a", "b"])], times: times)
      return Preparation.fit(dataset, rows: Array(0..<200)).dropped
        .filter { $0.reason == .knownAtFewTimes }
    }
    #expect(dropped(knownFrom: 3, times: times).map(\.name) == ["number", "level"])
    #expect(dropped(knownFrom: 2, times: times).isEmpty)
    // One row that has it shows that others could.
    #expect(dropped(knownFrom: 3, times: times, butFor: 0).isEmpty)
    #expect(dropped(knownFrom: 3, times: nil).isEmpty)
    // A time of few rows tells nothing.
    #expect(dropped(knownFrom: 3, times: (0..<200).map { Int32($0 / 10) }).isEmpty)
  }

  @Test func `sees training rows only`() {
    let dataset = LearningSample.dataset(rows: 200, seed: 4)
    let rows = Array(stride(from: 0, to: 200, by: 2))
    let preparation = Preparation.fit(dataset, rows: rows)
    let changed = Dataset(
      columnNames: dataset.columnNames,
      columns: dataset.columns.map { column in
        switch column {
        case .numeric(let x):
          .numeric(x.enumerated().map { $0.offset.isMultiple(of: 2) ? $0.element : 1e6 })
        case .categorical(let codes, let levels):
          .categorical(
            codes: codes.enumerated().map { $0.offset.isMultiple(of: 2) ? $0.element : -1 },
            levels: levels)
        }
      })
    #expect(Preparation.fit(changed, rows: rows) == preparation)
  }

  @Test func `training columns have mean 0 and deviation 1`() {
    let dataset = LearningSample.dataset(rows: 500, seed: 6)
    let rows = Array(0..<500)
    let design = Preparation.fit(dataset, rows: rows).apply(dataset, rows: rows)
    for column in 0..<design.columnCount {
      let z = design.column(column)
      #expect(abs(z.reduce(0, +) / 500) < 1e-12)
      #expect(abs(z.reduce(0) { $0 + $1 * $1 } / 500 - 1) < 1e-12)
    }
  }

  /// Countries and their currencies: 50 rows of DE, 5 of FR, 25 unknown, 40 of US.
  private func countries() -> Dataset {
    let codes = (0..<120).map { (row: Int) -> Int32 in
      row < 50 ? 0 : row < 55 ? 1 : row < 80 ? -1 : 2
    }
    return Dataset(
      columnNames: ["country", "currency"],
      columns: [
        .categorical(codes: codes, levels: ["DE", "FR", "US"]),
        .categorical(codes: codes, levels: ["EUR", "CHF", "USD"]),
      ])
  }

  @Test func `a category that an earlier column stands for is none of the rare ones`() {
    let training = countries()
    let rows = Array(0..<120)
    let preparation = Preparation.fit(training, rows: rows)
    // Three levels' worth of the country: DE, US, unknown; FR is rare, and alone no pool.
    #expect(preparation.designColumns.map(\.term) == [.level, .level, .unknown])
    #expect(
      preparation.absorbed == [
        AbsorbedCategory(rawColumn: 1, level: "EUR"), AbsorbedCategory(rawColumn: 1, level: "USD"),
        AbsorbedCategory(rawColumn: 1, level: nil),
      ])
    let design = preparation.apply(training, rows: rows)
    for column in 0..<design.columnCount {
      let z = design.column(column)
      #expect(abs(z.reduce(0, +)) < 1e-10 && abs(z.reduce(0) { $0 + $1 * $1 } - 120) < 1e-10)
    }
  }

  @Test(arguments: 1...20)
  func `whatever columns equal each other, training rows have mean 0 and deviation 1`(seed: UInt64)
  {
    var generator = SeededGenerator(seed: seed)
    // Levels of a second column join, split and rename those of the first, so that some are equal.
    let first = (0..<300).map { _ in Int32.random(in: -1...5, using: &generator) }
    let second = first.map { code -> Int32 in
      switch code {
      case 0, 1: .random(in: 0...1, using: &generator)
      case 5:
        .random(in: 0...40, using: &generator) < 20 ? -1 : .random(in: 6...25, using: &generator)
      default: code + 1
      }
    }
    let numbers = first.map { $0 == 2 ? Double.nan : Double($0 % 3) }
    var columns = [
      ("first", Column.categorical(codes: first, levels: (0...5).map { "l\($0)" })),
      ("second", Column.categorical(codes: second, levels: (0...25).map { "m\($0)" })),
      ("number", Column.numeric(numbers)),
    ]
    columns.shuffle(using: &generator)
    let dataset = Dataset(columnNames: columns.map(\.0), columns: columns.map(\.1))
    let rows = Array(0..<300)
    let preparation = Preparation.fit(dataset, rows: rows)
    let design = preparation.apply(dataset, rows: rows)
    #expect(preparation.dropped.contains { $0.reason == .duplicate })
    for column in 0..<design.columnCount {
      let z = design.column(column)
      #expect(abs(z.reduce(0, +) / 300) < 1e-12)
      #expect(abs(z.reduce(0) { $0 + $1 * $1 } / 300 - 1) < 1e-12)
    }
  }

  @Test func `survives being written and read`() throws {
    let dataset = LearningSample.dataset(rows: 300, seed: 7)
    let preparation = Preparation.fit(dataset, rows: Array(0..<300))
    let written = try JSONEncoder().encode(preparation)
    #expect(try JSONDecoder().decode(Preparation.self, from: written) == preparation)
  }

  @Test func `refuses a dataset with other columns`() async {
    await #expect(processExitsWith: .failure) {
      let fitted = Dataset(columnNames: ["x"], columns: [.numeric([0, 1])])
      let other = Dataset(columnNames: ["y"], columns: [.numeric([0, 1])])
      _ = Preparation.fit(fitted, rows: [0, 1]).apply(other, rows: [0])
    }
  }

  /// The same definition written in numpy; both sum the same few hundred numbers.
  @Test func `equals the definition written in numpy`() throws {
    let reference = try LearningReference.load().preparation
    let columns = reference.columns.map { $0.map { $0 ?? .nan } }
    let dataset = Dataset(
      columnNames: ["plain", "skewed", "holes", "flag"], columns: columns.map { .numeric($0) })
    let preparation = Preparation.fit(dataset, rows: Array(0..<reference.trainRows))
    for (raw, count) in reference.counts.enumerated() {
      #expect(preparation.designColumns.count { $0.rawColumn == raw } == count)
    }
    let design = preparation.apply(dataset, rows: reference.designRows)
    #expect(design.columnCount == reference.design[0].count)
    for (ours, theirs) in zip(design.values, reference.design.flatMap { $0 }) {
      #expect(abs(ours - theirs) < 1e-10 * (1 + abs(theirs)))
    }
    for (values, expected) in zip(columns, reference.skewness) {
      let skewness = NumericTransform.skewness(of: values.filter { !$0.isNaN })
      #expect(abs(skewness - expected) < 1e-12)
    }
  }

  @Test(arguments: [
    Double.greatestFiniteMagnitude, -Double.greatestFiniteMagnitude, 1e160, -1e160,
  ])
  func `a column with a number too large to square goes through the logarithm`(huge: Double) throws
  {
    // A tenth of the rows hold the largest number there is, as a sentinel for unknown often does.
    let values = (0..<200).map { $0 % 10 == 0 ? huge : Double($0 % 7) }
    let (preparation, design) = column(.numeric(values))
    #expect(preparation.transforms.map(\.isLogged) == [true])
    #expect(preparation.designColumns.contains { $0.term == .value })
    for term in preparation.designColumns {
      #expect(term.mean.isFinite && term.deviation.isFinite && term.deviation > 0)
    }
    #expect(design.values.allSatisfy { $0.isFinite && abs($0) < 100 })
    let labels = values.map { $0 == huge ? 1.0 : 0 }
    #expect(LogisticRegression(lambda: 0.1).fit(design, labels: labels).summary.converged)
  }

  @Test func `numbers too small to cube are no reason for the logarithm`() {
    let (preparation, _) = column(.numeric((0..<100).map { Double($0 % 5) * 1e-150 }))
    #expect(preparation.transforms.map(\.isLogged) == [false])
  }
}
