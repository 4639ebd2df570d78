import Testing

@testable import Reporting

/// Who gets which rows.
struct ListGroupingTests {
  private func ranks(_ lists: [RiskList]) -> [[Int]] { lists.map { $0.rows.map(\.rank) } }

  @Test func `all, one list a manager by name, and the unassigned`() {
    let document = SampleScores.document([
      SampleScores.row(1, manager: "Zoe"), SampleScores.row(2, manager: "Anna"),
      SampleScores.row(3, band: "medium", manager: "Zoe"), SampleScores.row(4, manager: ""),
      SampleScores.row(5), SampleScores.row(6, band: "low", manager: "Zoe"),
    ])
    let lists = document.lists(by: .accountManager, capacity: nil)
    #expect(lists.map(\.kind) == [.all, .list, .list, .unassigned])
    #expect(lists.map(\.key) == [nil, "Anna", "Zoe", nil])
    // Low rows are only in `all`.
    #expect(ranks(lists) == [[1, 2, 3, 4, 5, 6], [2], [1, 3], [4, 5]])
  }

  @Test func `capacity takes the riskiest of each list, never of all`() {
    let document = SampleScores.document(
      (1...6).map { SampleScores.row($0, manager: $0.isMultiple(of: 2) ? "A" : nil) })
    let lists = document.lists(by: .accountManager, capacity: 2)
    #expect(ranks(lists) == [[1, 2, 3, 4, 5, 6], [2, 4], [1, 3]])
  }

  @Test func `two people of one name are told apart by address`() {
    let document = SampleScores.document([
      SampleScores.row(1, manager: "Kim", email: "kim.a@example.com"),
      SampleScores.row(2, manager: "Kim", email: "kim.b@example.com"),
      SampleScores.row(3, manager: "Kim", email: "KIM.A@example.com"),
      SampleScores.row(4, manager: "Kim"),
    ])
    let lists = document.lists(by: .accountManager, capacity: nil)
    #expect(lists.map(\.key) == [nil, "Kim", "Kim", "Kim", nil])
    #expect(
      lists.map(\.email) == [nil, nil, "kim.a@example.com", "kim.b@example.com", nil])
    #expect(ranks(lists) == [[1, 2, 3, 4], [4], [1, 3], [2], []])
  }

  @Test func `who has nobody to call still gets a list of those who were lost or fell silent`() {
    var silent = SampleScores.row(2, band: "low", manager: "Kim", email: "kim.b@example.com")
    silent.identity.lastUsageDate = "2026-01-01"
    var spared = SampleScores.row(3, manager: "Zoe")
    spared.identity.lastUsageDate = "2026-01-01"
    spared.listing = AtRiskDocument.Listing(isListed: false, reason: .holdOut)
    var document = SampleScores.document([
      SampleScores.row(1, manager: "Kim", email: "kim.a@example.com"), silent, spared,
    ])
    var lost = AtRiskDocument.ExcludedRow()
    lost.identity = SampleScores.row(4, manager: "Lea", email: "lea@example.com").identity
    lost.reason = "alreadyChurned"
    lost.since = "2026-11-10"
    document.excluded = [lost]
    let lists = document.lists(by: .accountManager, capacity: nil)
    #expect(lists.map(\.key) == [nil, "Kim", "Kim", "Lea", nil])
    // Two people of one name, one of whom has nothing on the list.
    #expect(
      lists.map(\.email)
        == [nil, "kim.a@example.com", "kim.b@example.com", "lea@example.com", nil])
    #expect(lists.map(\.withoutUsage.count) == [2, 0, 1, 0, 0])
    #expect(lists.map(\.lost.count) == [1, 0, 0, 1, 0])
    // Who is left alone is not called for another reason either.
    #expect(lists[0].heldOut == 1)
  }

  @Test func `one person is one list, with the address where it is known`() {
    let document = SampleScores.document([
      SampleScores.row(1, manager: "Kim"),
      SampleScores.row(2, manager: "Kim", email: "kim@example.com"),
    ])
    let lists = document.lists(by: .accountManager, capacity: nil)
    #expect(ranks(lists) == [[1, 2], [1, 2], []])
    #expect(lists[1].email == "kim@example.com")
  }

  @Test func `by reseller and by market addresses do not matter`() {
    var rows = [
      SampleScores.row(1, manager: "A", email: "a@x"), SampleScores.row(2, manager: "B"),
    ]
    for index in rows.indices {
      rows[index].identity.partnerId = "p"
      rows[index].identity.customerMarket = index == 0 ? "FR" : "US"
    }
    let document = SampleScores.document(rows)
    #expect(ranks(document.lists(by: .partnerId, capacity: nil)) == [[1, 2], [1, 2], []])
    #expect(document.lists(by: .partnerId, capacity: nil).allSatisfy { $0.email == nil })
    #expect(
      document.lists(by: .customerMarket, capacity: nil).map(\.key) == [nil, "FR", "US", nil])
  }
}
