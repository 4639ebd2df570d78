import History
import TestSupport
import Testing

@testable import RiskModel

/// Which days can be asked about.
struct HistorySpanTests: PastFixtures {
  @Test func `from the first to the last export over all sources`() throws {
    let span = try HistorySpan([
      source(exports: [7, 14]), source("other", exports: [3, 10]), source("empty", exports: []),
    ])
    #expect(span.first == day(3) && span.last == day(14))
    #expect(try span.resolve(asOf: nil) == day(14))
    #expect(try span.resolve(asOf: day(3)) == day(3))
    // Not only observation days.
    #expect(try span.resolve(asOf: day(5)) == day(5))
  }

  @Test(arguments: [(2, "before the first"), (15, "after the last")])
  func `a day outside is refused with the span`(number: Int, side: String) throws {
    let span = try HistorySpan([source(exports: [3, 14])])
    let error = try #require(throws: RiskModelError.self) { try span.resolve(asOf: day(number)) }
    #expect(error == .asOfOutsideHistory(day(number), first: day(3), last: day(14)))
    #expect(error.description.contains(side))
    #expect(error.description.contains("\(day(3)) to \(day(14))"))
  }

  @Test func `a history without exports cannot be asked`() {
    #expect(throws: RiskModelError.noObservations) { try HistorySpan([]) }
    #expect(throws: RiskModelError.noObservations) { try HistorySpan([source(exports: [])]) }
  }
}
