import Files
import Learning
import Testing

@testable import RiskModel

struct TableErrorTests {
  static let problems: [TableError.Problem] = [
    .shape(.noHeader), .shape(.noRows), .shape(.unnamedColumn(position: 1)),
    .shape(.repeatedColumn("a", first: 1, second: 2)), .shape(.raggedRow(cells: 1, columns: 2)),
    .shape(.missingColumn("a", option: "--label", nearest: "b")),
    .shape(.missingColumn("a", option: "--label", nearest: nil)), .features(.none),
    .features(.textAmongNumbers(column: "a", texts: 1, numbers: 40)),
    .features(.infiniteNumber(column: "a")), .features(.allConstant(columns: 1)),
    .features(.allConstant(columns: 2)), .features(.moreThanRows(columns: 3, rows: 1)),
    .label(.missing(column: "a", rows: 2)), .label(.oneClass(column: "a")),
    .label(.moreThanTwoClasses(column: "a")), .label(.unknownClasses(column: "a")),
    .label(.positiveNotFound(column: "a")), .rows(.invalidFold(column: "a")),
    .rows(.noFoldToPredict(column: "a")), .rows(.tooFewToSplit(rows: 3)),
    .rows(.oneClassToTrainOn(fold: 0, rows: 3)),
    .rows(.oneGroupToTrainOn(fold: 0, rows: 3)), .rows(.cannotBoost(fold: 0, .oneGroup)),
    .rows(.cannotBoost(fold: 0, .tooManyRows(1 << 24))),
    .rows(.missingValue(column: "a", option: "--group")),
  ]

  @Test(arguments: problems) func `says where, what, what was expected and what to do`(
    problem: TableError.Problem
  ) {
    let error = TableError(path: "t.csv", line: 7, problem)
    #expect(error.description.hasPrefix("t.csv:7: "))
    #expect(error.description.contains("; expected "))
    #expect(error.asFileError.kind == .unusable)
    #expect(
      error.asFileError.remedy?.hasSuffix(".") == true
        || error.asFileError.remedy?.hasSuffix("?") == true)
  }

  @Test func `an error of the file stays what it is`() {
    let inner = FileError(kind: .missing, path: "t.csv", what: "does not exist")
    #expect(TableError(path: "t.csv", .file(inner)).asFileError == inner)
  }

  @Test func `the name of a column is cut when a file is no table`() {
    #expect(quoted(String(repeating: "x", count: 200)).count == 63)
    #expect(quoted("churn") == "'churn'")
  }

  @Test func `reads as one sentence`() {
    #expect(
      tableError(.shape(.missingColumn("Chrn", option: "--label", nearest: "churn")), line: 1)
        .description
        == "t.csv:1: the table has no column 'Chrn', which --label names; expected the name of a "
        + "column, spelt as in the header. Did you mean 'churn'?")
  }
}
