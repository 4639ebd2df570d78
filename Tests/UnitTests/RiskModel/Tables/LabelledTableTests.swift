import Learning
import Testing

@testable import RiskModel

struct LabelledTableTests {
  /// Ten rows: a number, a text, a label, a fold, a customer and a day.
  private let text = """
    x,plan,y,fold,customer,day,note
    1,a,0,0,c1,1,u
    2,b,1,0,c1,2,v
    3,a,0,1,c2,1,w
    4,b,1,1,c2,2,u
    5,a,0,-1,c3,1,v
    6,b,1,-1,c3,2,w
    7,a,0,-1,c4,1,u
    8,b,1,-1,c4,2,v
    9,a,,-2,c5,1,w
    10,b,?,-2,c5,2,u

    """

  @Test func `a column without a role is a feature`() throws {
    let dataset = try labelledTable(text) {
      $0.fold = "fold"
      $0.ignored = ["note"]
      $0.group = "customer"
      $0.time = "day"
    }.dataset
    #expect(dataset.columnNames == ["x", "plan"])
    #expect(dataset.columns[0] == .numeric((1...10).map { Double($0) }))
    #expect(
      dataset.columns[1]
        == .categorical(codes: (0..<10).map { Int32($0 % 2) }, levels: ["a", "b"]))
    #expect(dataset.groups == (0..<10).map { Int32($0 / 2) })
    #expect(dataset.times == (0..<10).map { Int32($0 % 2 + 1) })
    #expect(dataset.labels == [0, 1, 0, 1, 0, 1, 0, 1, 0, 0])
  }

  @Test func `without options everything but the label is a feature`() throws {
    let table = try labelledTable("x,y\n1,0\n2,1\n")
    #expect(table.dataset.columnNames == ["x"])
    #expect(table.dataset.groups == nil && table.dataset.times == nil)
  }

  @Test func `rows of fold -2 need no label, all others do`() throws {
    let folds = try labelledTable(text) { $0.fold = "fold" }.folds(seed: 1)
    #expect(folds == [0, 0, 1, 1, -1, -1, -1, -1, -2, -2])
    #expect(throws: tableError(.label(.missing(column: "y", rows: 1)), line: 10)) {
      try labelledTable(text)
    }
  }

  @Test func `numbers can be declared names`() throws {
    let dataset = try labelledTable("x,y\n1,0\n2,1\n") { $0.categorical = ["x"] }.dataset
    #expect(dataset.columns == [.categorical(codes: [0, 1], levels: ["1", "2"])])
  }

  @Test(arguments: ["--label", "--fold-column", "--group", "--time", "--ignore", "--categorical"])
  func `every option's column must be there`(option: String) {
    #expect(
      throws: tableError(.shape(.missingColumn("xx", option: option, nearest: nil)), line: 1)
    ) {
      try labelledTable("abc,y\n1,0\n2,1\n", label: option == "--label" ? "xx" : "y") {
        switch option {
        case "--fold-column": $0.fold = "xx"
        case "--group": $0.group = "xx"
        case "--time": $0.time = "xx"
        case "--ignore": $0.ignored = ["xx"]
        case "--categorical": $0.categorical = ["xx"]
        default: break
        }
      }
    }
  }

  @Test func `a table without features is refused`() {
    #expect(throws: tableError(.features(.none))) { try labelledTable("y\n0\n1\n") }
    #expect(throws: tableError(.features(.none))) {
      try labelledTable("x,y\n1,0\n2,1\n") { $0.ignored = ["x"] }
    }
  }

  @Test func `a constant table is refused; rows that are never used do not count`() {
    #expect(throws: tableError(.features(.allConstant(columns: 2)))) {
      try labelledTable("a,b,y\n1,x,0\n1,x,1\n1,x,0\n")
    }
    #expect(throws: tableError(.features(.allConstant(columns: 1)))) {
      try labelledTable("a,y,f\n1,0,0\n1,1,-1\n2,1,-2\n") { $0.fold = "f" }
    }
  }

  @Test func `a constant column beside others is not an error`() throws {
    #expect(try labelledTable("a,b,y\n1,1,0\n1,2,1\n").dataset.columns.count == 2)
  }

  @Test func `more columns than rows are refused, as many are not`() throws {
    #expect(throws: tableError(.features(.moreThanRows(columns: 3, rows: 2)))) {
      try labelledTable("a,b,c,y\n1,2,3,0\n4,5,6,1\n")
    }
    #expect(try labelledTable("a,b,y\n1,2,0\n4,5,1\n").dataset.rowCount == 2)
  }

  @Test func `notes come in the order of the columns`() throws {
    let rows = (0..<40).map { "\($0 % 4 == 0 ? "q\($0)" : "\($0)"),name \($0),\($0 % 2)\n" }
    let table = try labelledTable("mixed,name,y\n" + rows.joined())
    #expect(
      table.notes == [
        .numbersAsText(column: "mixed", numbers: 30, texts: 10),
        .nearlyAllDifferent(column: "name", levels: 40),
      ])
  }
}

struct LabelledTableFoldsTests {
  @Test func `five stratified folds keep duplicates together`() throws {
    // Rows i and i + 40 are twins.
    let rows = (0..<80).map { "\($0 % 40),\($0 % 40 < 20 ? 0 : 1)\n" }
    let table = try labelledTable("x,y\n" + rows.joined())
    let folds = try table.folds(seed: 1)
    #expect(Set(folds) == [0, 1, 2, 3, 4])
    for row in 0..<40 { #expect(folds[row] == folds[row + 40]) }
    for fold in Int32(0)..<5 {
      // 16 rows a fold, half of them with label 1, since twins come in pairs.
      #expect(folds.indices.count { folds[$0] == fold } == 16)
      #expect(folds.indices.count { folds[$0] == fold && $0 % 40 < 20 } == 8)
    }
    #expect(try table.folds(seed: 1) == folds)
    #expect(try table.folds(seed: 2) != folds)
  }

  @Test func `folds keep groups together`() throws {
    let rows = (0..<60).map { "\($0),\($0 / 3 % 2),c\($0 / 3)\n" }
    let folds = try labelledTable("x,y,g\n" + rows.joined()) { $0.group = "g" }.folds(seed: 3)
    for row in 0..<60 { #expect(folds[row] == folds[row / 3 * 3]) }
  }

  @Test func `rows that are all of one group cannot be split`() throws {
    let table = try labelledTable("x,y,g\n1,0,c\n2,1,c\n3,0,c\n4,1,c\n") { $0.group = "g" }
    #expect(throws: tableError(.rows(.tooFewToSplit(rows: 4)))) { try table.folds(seed: 1) }
  }

  @Test func `a fold that leaves one label to train on is refused`() throws {
    let table = try labelledTable("x,y,f\n1,0,0\n2,1,0\n3,0,1\n4,0,1\n") { $0.fold = "f" }
    #expect(throws: tableError(.rows(.oneClassToTrainOn(fold: 0, rows: 2)))) {
      try table.folds(seed: 1)
    }
  }

  @Test func `a single fold without other rows has nothing to train on`() throws {
    let table = try labelledTable("x,y,f\n1,0,0\n2,1,0\n") { $0.fold = "f" }
    #expect(throws: tableError(.rows(.oneClassToTrainOn(fold: 0, rows: 0)))) {
      try table.folds(seed: 1)
    }
  }

  @Test func `training rows that are all of one group are refused`() throws {
    let table = try labelledTable("x,y,f,g\n1,0,-1,a\n3,1,-1,a\n2,0,0,b\n") {
      $0.fold = "f"
      $0.group = "g"
    }
    #expect(throws: tableError(.rows(.oneGroupToTrainOn(fold: 0, rows: 2)))) {
      try table.folds(seed: 1)
    }
  }

  @Test func `trees that were asked for are refused where a fold leaves too many rows`() throws {
    let table = try labelledTable("x,y,f\n1,0,-1\n3,1,-1\n2,0,0\n5,1,1\n9,0,1\n6,1,-2\n") {
      $0.fold = "f"
    }
    let folds = try table.folds(seed: 1)
    // Fold 0 leaves four rows to train on, fold 1 three.
    let limit = { (rows: Int) in rows >= 4 ? BoostingObstacle.tooManyRows(rows) : nil }
    #expect(throws: tableError(.rows(.cannotBoost(fold: 0, .tooManyRows(4))))) {
      try table.check(.boosting, folds: folds, obstacle: limit)
    }
    try table.check(.auto, folds: folds, obstacle: limit)
    try table.check(.boosting, folds: folds)
  }

  @Test func `whatever passes can be learned from`() throws {
    // Tables of 4 to 12 rows with few different values: the checks must leave nothing that traps.
    var generator = SplitMix64(seed: 5)
    var learned = 0
    for _ in 0..<40 {
      let rows = (0..<Int.random(in: 4...12, using: &generator)).map { _ in
        let cells = (0..<4).map { _ in Int.random(in: 0...2, using: &generator) }
        return "\(cells[0]),\(cells[1] == 0 ? "" : "l\(cells[1])"),\(cells[2] % 2),\(cells[3])\n"
      }
      for group in [nil, "g"] {
        guard let table = try? labelledTable("x,p,y,g\n" + rows.joined(), { $0.group = group }),
          let folds = try? table.folds(seed: 1)
        else { continue }
        let validation = CrossValidation(seed: 1, path: LambdaPath(initial: [.infinity, 1, 0.1]))
        let result = validation.run(table.dataset, folds: folds)
        #expect(result.probabilities.allSatisfy { $0 > 0 && $0 < 1 })
        learned += 1
      }
    }
    #expect(learned > 10)
  }

  @Test func `rows that are mostly equal are noted, since folds tear them apart`() throws {
    let tied = "x,y\n" + (0..<60).map { "\($0 % 2),\($0 % 3 == 0 ? 1 : 0)\n" }.joined()
    let table = try labelledTable(tied)
    #expect(table.keepsDuplicates == true)
    #expect(table.notes.isEmpty)
    let most = "x,y\n" + (0..<60).map { "\(min($0, 20)),\($0 % 3 == 0 ? 1 : 0)\n" }.joined()
    let torn = try labelledTable(most)
    #expect(torn.keepsDuplicates == false)
    #expect(torn.notes == [.duplicatesInSeveralFolds])
    #expect("\(TableNote.duplicatesInSeveralFolds)".contains("several folds"))
    let own = try labelledTable(
      "x,y,f\n" + (0..<60).map { "1\($0 % 2),\($0 % 3 == 0 ? 1 : 0),\($0 % 4)\n" }.joined()
    ) { $0.fold = "f" }
    #expect(own.keepsDuplicates == nil)
  }
}
