import Testing

@testable import RiskModel

struct LabelColumnTests {
  private func labels(
    _ cells: [String], positive: String? = nil, used: [Int]? = nil
  ) throws -> [Double] {
    try LabelColumn(
      columnTable(cells), 0, positive: positive, usedRows: used ?? Array(cells.indices)
    ).labels
  }

  @Test(arguments: [
    ["0", "1", "1"], ["0.0", "1.0", "1"], ["false", "true", "TRUE"], ["No", "Yes", "yes"],
    ["n", "y", "Y"], ["0", "1.00", "+1"],
  ]) func `knows the usual pairs, in any case`(cells: [String]) throws {
    #expect(try labels(cells) == [0, 1, 1])
  }

  @Test func `the first row may be the event`() throws {
    #expect(try labels(["1", "0", "1"]) == [1, 0, 1])
  }

  @Test func `the event can be named`() throws {
    #expect(try labels(["stayed", "left", "stayed"], positive: "left") == [0, 1, 0])
    #expect(try labels(["left", "stayed"], positive: " left ") == [1, 0])
    #expect(try labels(["0", "1"], positive: "0") == [1, 0])
    #expect(try labels(["1", "2"], positive: "2.0") == [0, 1])
    #expect(try labels(["no", "yes"], positive: "No") == [1, 0])
  }

  @Test func `names of values keep their case`() {
    #expect(throws: tableError(.label(.moreThanTwoClasses(column: "c")), line: 4)) {
      try labels(["left", "stayed", "Left"], positive: "left")
    }
  }

  @Test func `rows that are not used need no label`() throws {
    #expect(try labels(["1", "", "other", "0"], used: [0, 3]) == [1, 0, 0, 0])
  }

  @Test func `a missing label is an error at the first line, with the count`() {
    #expect(throws: tableError(.label(.missing(column: "c", rows: 2)), line: 3)) {
      try labels(["1", "", "0", "NA"])
    }
  }

  @Test(arguments: [["1", "1.0"], ["0"], ["a", "a"]])
  func `one class is an error`(cells: [String]) {
    #expect(throws: tableError(.label(.oneClass(column: "c")))) { try labels(cells) }
  }

  @Test func `three classes are an error where the third appears, also with --positive`() {
    for positive in [nil, "1"] {
      #expect(throws: tableError(.label(.moreThanTwoClasses(column: "c")), line: 5)) {
        try labels(["0", "1", "0", "2"], positive: positive)
      }
    }
  }

  @Test(arguments: [["1", "2"], ["left", "stayed"], ["yes", "maybe"], ["0", "-1"]])
  func `other pairs ask for --positive`(cells: [String]) {
    #expect(throws: tableError(.label(.unknownClasses(column: "c")))) { try labels(cells) }
  }

  @Test func `a value that no row has is an error`() {
    #expect(throws: tableError(.label(.positiveNotFound(column: "c")))) {
      try labels(["0", "1"], positive: "yes")
    }
  }
}
