import History
import RiskModel
import TestSupport
import Testing

@testable import Reporting

/// What is said of owners and contacts that do nothing, or disagree.
struct RemarksTests {
  private let document = SampleScores.document([SampleScores.row(1), SampleScores.row(2)])

  private func rule(
    _ subject: OwnerRule.Subject, _ manager: String, from: CalendarDay? = nil
  ) -> OwnerRule {
    OwnerRule(subject: subject, accountManager: manager, email: "", from: from)
  }

  @Test func `nothing to say of owners that fit`() {
    let customer = OwnerRule.Subject.customer(SampleScores.id(1_001))
    #expect(document.remarks(on: OwnerRules([rule(customer, "Anna")])).isEmpty)
    // A hand-over on a day is no conflict, and neither is the same line twice.
    let handOver = [
      rule(customer, "Anna"), rule(customer, "Anna"),
      rule(customer, "Bob", from: CalendarDay(daysSinceEpoch: 0)),
    ]
    #expect(document.remarks(on: OwnerRules(handOver)).isEmpty)
  }

  @Test func `owners of nobody are counted, and two of one customer are told`() throws {
    let customer = OwnerRule.Subject.customer(SampleScores.id(1_001))
    let remarks = document.remarks(
      on: OwnerRules([rule(customer, "Anna"), rule(.market("zz"), "Cy"), rule(customer, "Bob")]))
    #expect(remarks.map(\.code) == ["ownersConflict", "ownersUnmatched"])
    #expect(remarks[0].text.contains("customer '\(SampleScores.id(1_001))' to 'Anna'"))
    #expect(remarks[0].severity == .warning && remarks[1].severity == .information)
    #expect(remarks[1].text.hasPrefix("1 of 3 lines") && remarks[1].text.contains("market 'zz'"))
  }

  @Test func `contacts of nobody, of later days, and snoozes without an end`() throws {
    func contact(_ number: Int, _ day: String, _ outcome: ContactOutcome) throws -> Contact {
      Contact(
        subscriptionId: try #require(GUID(SampleScores.id(number))),
        day: try #require(CalendarDay(day)), outcome: outcome)
    }
    let good = try ContactLog([contact(1, "2026-11-01", .called)])
    #expect(document.remarks(on: good).isEmpty)
    let remarks = try document.remarks(
      on: ContactLog([
        contact(9, "2026-11-01", .called), contact(2, "2026-11-20", .saved),
        contact(2, "2026-11-02", .snoozed),
      ]))
    #expect(remarks.map(\.code) == ["contactsUnmatched", "contactsLater", "snoozeWithoutEnd"])
    #expect(remarks.allSatisfy { $0.text.hasPrefix("1 of 3 contacts") })
    #expect(remarks[1].text.contains("2026-11-20") && remarks[2].severity == .warning)
  }
}
