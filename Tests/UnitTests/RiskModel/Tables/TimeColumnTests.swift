import Testing

@testable import RiskModel

struct TimeColumnTests {
  private func time(_ cells: [String]) throws -> TimeColumn {
    try TimeColumn(columnTable(cells), 0)
  }

  @Test func `whole numbers stay as they are, with their distances`() throws {
    let time = try time(["730", "-182", "912"])
    #expect(time.times == [730, -182, 912])
    #expect(time.note == nil)
  }

  @Test func `days are counted from 1970`() throws {
    let time = try time(["1970-01-01", "2026-11-16", "1969-12-31"])
    // 2026-11-16: 20,773 days by Python's (date(2026, 11, 16) - date(1970, 1, 1)).days.
    #expect(time.times == [0, 20_773, -1])
    #expect(time.note == nil)
  }

  /// So that no sum or difference of two of them leaves 32 bits.
  @Test func `whole numbers up to half a thousand million stay as they are`() throws {
    let limit = 1 << 29
    #expect(try time(["\(limit)", "\(-limit)"]).times == [Int32(limit), Int32(-limit)])
    #expect(try time(["\(limit + 1)", "0"]).times == [1, 0])
    #expect(try time(["0", "\(-limit - 1)"]).times == [1, 0])
  }

  @Test(arguments: [
    ["2.5", "1", "10"], ["5000000000", "-7", "6000000000"], ["0", "-2147483648", "2147483647"],
  ])
  func `other numbers keep their order only, and it is noted`(cells: [String]) throws {
    let time = try time(cells)
    #expect(time.times == [1, 0, 2])
    #expect(time.note == .timesByOrder(column: "c"))
  }

  @Test func `everything else is ordered as text, and it is noted`() throws {
    let time = try time(["2026-11-16", "2026-W02", "10", "9", "10"])
    // In alphabetical order: 10, 2026-11-16, 2026-W02, 9.
    #expect(time.times == [1, 2, 0, 3, 0])
    #expect(time.note == .timesAsText(column: "c"))
  }

  @Test(arguments: ["", "NA"]) func `a row without a time is an error at its line`(cell: String) {
    #expect(throws: tableError(.rows(.missingValue(column: "c", option: "--time")), line: 4)) {
      try time(["1", "2", cell])
    }
  }
}
