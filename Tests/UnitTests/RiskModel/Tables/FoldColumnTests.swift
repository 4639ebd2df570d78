import Testing

@testable import RiskModel

struct FoldColumnTests {
  private func folds(_ cells: [String]) throws -> [Int32] {
    try FoldColumn(columnTable(cells), 0).folds
  }

  @Test func `folds are whole numbers from -2`() throws {
    #expect(try folds(["0", "-1", "-2", "7", "1.0"]) == [0, -1, -2, 7, 1])
  }

  @Test(arguments: ["-3", "0.5", "a", "", "NA", "inf", "3000000000"])
  func `anything else is an error at its line`(cell: String) {
    #expect(throws: tableError(.rows(.invalidFold(column: "c")), line: 3)) {
      try folds(["0", cell])
    }
  }

  @Test func `without a fold from 0 there is nothing to predict`() {
    #expect(throws: tableError(.rows(.noFoldToPredict(column: "c")))) { try folds(["-1", "-2"]) }
  }
}
