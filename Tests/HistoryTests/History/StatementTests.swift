import Testing

@testable import History

struct StatementTests {
  @Test func `tells a null from a zero`() throws {
    let connection = try HistoryStore.inMemory(for: "memory").connection
    let query = try connection.prepare("SELECT 0, NULL, 1, -9223372036854775807 - 1, ''")
    #expect(try query.step())
    #expect((0...4).map { query.optionalInteger($0) } == [0, nil, 1, .min, 0])
    #expect(try !query.step())
  }
}
