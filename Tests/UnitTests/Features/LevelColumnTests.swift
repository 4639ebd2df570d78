import History
import TestSupport
import Testing

@testable import Features

/// A column of levels against an array of texts.
struct LevelColumnTests {
  private func texts(_ column: LevelColumn) -> [String?] {
    (0..<column.count).map { column[$0] }
  }

  @Test func `levels have codes in the order in which they come, and an unknown one has none`() {
    let column: LevelColumn = ["b", nil, "a", "b", "", nil]
    #expect(column.codes == [0, -1, 1, 0, 2, -1])
    #expect(column.levels == ["b", "a", ""])
    #expect(texts(column) == ["b", nil, "a", "b", "", nil])
  }

  @Test(arguments: UInt64(1)...20)
  func `parts put together are the whole, wherever it was cut`(seed: UInt64) {
    var random = HistoryRandom(seed: seed)
    let levels: [String?] = (0..<random.number(0...60)).map { _ in
      random.chance(0.2) ? nil : "level \(random.number(0...9))"
    }
    var whole = LevelColumn()
    for level in levels { whole.append(level) }
    #expect(texts(whole) == levels)
    var sum = LevelColumn()
    // Some parts are empty.
    let cuts = (0..<5).map { _ in random.number(0...levels.count) }.sorted()
    for (start, end) in zip([0] + cuts, cuts + [levels.count]) {
      var part = LevelColumn()
      for level in levels[start..<end] { part.append(level) }
      sum.append(part)
    }
    #expect(sum == whole)
  }

  @Test(arguments: UInt64(1)...20)
  func `codes of recent states are those of their levels, however many take turns`(seed: UInt64) {
    var random = HistoryRandom(seed: seed)
    let states = (0..<random.number(1...14)).map { _ in
      var state = SubscriptionState()
      state.productName = random.chance(0.2) ? nil : "product \(random.number(0...4))"
      return StateFacts(state)
    }
    var (column, recent, asked) = (LevelColumn(), LevelColumn.RecentCodes(), 0)
    var expected: [String?] = []
    for row in 0..<300 {
      let facts = states[
        random.chance(0.7) ? row % states.count : random.number(0...states.count - 1)]
      let code = recent.code(of: facts) { facts in
        asked += 1
        return column.code(of: facts.state.productName)
      }
      column.append(code: code)
      expected.append(facts.state.productName)
    }
    #expect(texts(column) == expected)
    // Up to eight that take turns are asked for once each.
    if states.count <= 8 { #expect(asked == states.count) }
  }
}
