import Learning
import Testing

@testable import RiskModel

struct FeatureColumnTests {
  private func feature(_ cells: [String], isCategorical: Bool = false) throws -> FeatureColumn {
    try FeatureColumn(columnTable(cells), 0, isCategorical: isCategorical)
  }

  @Test func `numbers are numeric and what is unknown is NaN`() throws {
    guard case .numeric(let values) = try feature(["1", "", "2.5", "NA"]).column else {
      Issue.record("not numeric")
      return
    }
    #expect(values[0] == 1 && values[2] == 2.5)
    #expect(values[1].isNaN && values[3].isNaN)
  }

  @Test func `text is categorical, its levels in order, unknown -1`() throws {
    let feature = try feature(["b", "a", "", "b"])
    #expect(feature.column == .categorical(codes: [1, 0, -1, 1], levels: ["a", "b"]))
    #expect(feature.note == nil)
  }

  @Test func `a column without a known cell is numeric and unknown`() throws {
    guard case .numeric(let values) = try feature(["", "null"]).column else {
      Issue.record("not numeric")
      return
    }
    #expect(values.allSatisfy { $0.isNaN })
  }

  @Test func `numbers can be taken as names`() throws {
    let feature = try feature(["415", "408", "415"], isCategorical: true)
    #expect(feature.column == .categorical(codes: [1, 0, 1], levels: ["408", "415"]))
    #expect(feature.note == nil)
  }

  @Test func `one text among numbers is a misprint, shown by its line`() {
    #expect(
      throws: tableError(
        .features(.textAmongNumbers(column: "c", texts: 1, numbers: 2)), line: 3)
    ) { try feature(["1", "l2", "3"]) }
  }

  @Test func `up to 5 % of text is a misprint, more is a column of names`() throws {
    let numbers = (0..<38).map { "\($0)" }
    #expect(
      throws: tableError(
        .features(.textAmongNumbers(column: "c", texts: 2, numbers: 38)), line: 2)
    ) { try feature(["?", "?"] + numbers) }
    let mixed = try feature(["?", "?", "?"] + numbers)
    #expect(mixed.note == .numbersAsText(column: "c", numbers: 38, texts: 3))
    guard case .categorical(let codes, let levels) = mixed.column else {
      Issue.record("not categorical")
      return
    }
    #expect(levels.count == 39 && codes[0] == codes[2])
  }

  @Test func `an infinite number is an error where numbers are the rule`() throws {
    #expect(throws: tableError(.features(.infiniteNumber(column: "c")), line: 4)) {
      try feature(["1", "", "-inf", "2", "inf"])
    }
    // Among names it is a name.
    #expect(
      try feature(["a", "inf"]).column == .categorical(codes: [0, 1], levels: ["a", "inf"]))
  }

  @Test func `text that hardly repeats is noted`() throws {
    let names = (0..<40).map { "customer \($0)" }
    #expect(
      try feature(names).note == .nearlyAllDifferent(column: "c", levels: 40))
    #expect(try feature(names + names).note == nil)
  }

  @Test func `the order of the rows does not change what a column is`() throws {
    var generator = SplitMix64(seed: 7)
    for cells in [
      ["1", "2", "", "4"], ["a", "b", "a", "NA"], ["1", "x", "2", "y", "x", "3"],
    ] {
      let straight = try feature(cells)
      for _ in 0..<10 {
        let order = cells.indices.shuffled(using: &generator)
        let shuffled = try feature(order.map { cells[$0] })
        #expect(shuffled.note == straight.note)
        switch (straight.column, shuffled.column) {
        case (.numeric(let a), .numeric(let b)):
          for (position, row) in order.enumerated() {
            #expect(a[row] == b[position] || a[row].isNaN && b[position].isNaN)
          }
        case (.categorical(let a, let levelsA), .categorical(let b, let levelsB)):
          #expect(levelsA == levelsB)
          #expect(order.map { a[$0] } == b)
        default: Issue.record("the kind of the column changed with the order")
        }
      }
    }
  }
}

struct ColumnDiffersTests {
  @Test func `unknown is a value of its own`() {
    #expect(!Column.numeric([.nan, .nan]).differs(among: [0, 1]))
    #expect(Column.numeric([1, .nan]).differs(among: [0, 1]))
    #expect(!Column.numeric([1, 1, 2]).differs(among: [0, 1]))
    #expect(Column.categorical(codes: [0, -1], levels: ["a"]).differs(among: [0, 1]))
    #expect(!Column.categorical(codes: [0, 0], levels: ["a"]).differs(among: [0, 1]))
    #expect(!Column.numeric([1]).differs(among: []))
  }
}
