import Testing

@testable import RiskModel

struct GroupColumnTests {
  @Test func `equal texts are one group, numbered in order of appearance`() throws {
    #expect(
      try GroupColumn(columnTable(["b", "a", "b", "1", "1.0"]), 0).groups == [0, 1, 0, 2, 3])
  }

  @Test func `a row without a group is an error at its line`() {
    #expect(throws: tableError(.rows(.missingValue(column: "c", option: "--group")), line: 3)) {
      try GroupColumn(columnTable(["b", "", "b"]), 0)
    }
  }
}
