import Testing

@testable import Reporting

/// Only one model's scores of two days tell that a risk has jumped.
struct RiskJumpTests {
  private let old = String(repeating: "b", count: 64)

  private func row(_ probability: Double) -> AtRiskDocument.Row {
    let band = probability >= 0.079 ? "high" : probability >= 0.041 ? "medium" : "low"
    var row = SampleScores.row(1, band: band, probability: probability)
    if row.isAtRisk { row.firstFlagged = "2026-11-09" }
    row.listing = AtRiskDocument.Listing(isListed: false, reason: .waiting)
    return row
  }

  /// Why today's row is listed, a week after the other model had it at `before`.
  private func reason(
    _ now: Double, before: Double, byOldModel level: Double?, oldModel: String? = nil,
    contactOn day: String? = nil
  ) throws -> ListingReason? {
    var document = SampleScores.document([row(now)])
    var previous = SampleScores.document(asOf: "2026-11-09", [row(before)])
    previous.model.sha256 = old
    var bridge = level.map { SampleScores.document([row($0)]) }
    bridge?.model.sha256 = oldModel ?? old
    try document.compare(with: previous, path: nil, underOldModel: bridge)
    document.decideEntries(since: previous, underOldModel: bridge)
    document.subscriptions[0].contact = day.map {
      AtRiskDocument.LastContact(
        date: $0, accountManager: nil, outcome: "called", until: nil)
    }
    document.putAside()
    return document.subscriptions[0].listing?.reason
  }

  @Test func `a new model that sees more risk is no jump`() throws {
    #expect(try reason(0.095, before: 0.040, byOldModel: nil) == .clearRisk)
    #expect(try reason(0.095, before: 0.040, byOldModel: 0.041) == .clearRisk)
    // Nor is a bridge by a third model one.
    #expect(
      try reason(0.095, before: 0.040, byOldModel: 0.2, oldModel: String(repeating: "c", count: 64))
        == .clearRisk)
  }

  @Test func `what doubled under the old model has jumped, whatever the new one says`() throws {
    #expect(try reason(0.095, before: 0.040, byOldModel: 0.080) == .jump)
    #expect(try reason(0.050, before: 0.040, byOldModel: 0.080) == .jump)
    // It is still the new model that says who is at risk.
    #expect(try reason(0.020, before: 0.030, byOldModel: 0.080) == .lowRisk)
  }

  @Test func `a training does not end a cool-down`() throws {
    #expect(try reason(0.12, before: 0.05, byOldModel: nil, contactOn: "2026-11-14") == .contacted)
    #expect(try reason(0.12, before: 0.05, byOldModel: 0.1, contactOn: "2026-11-14") == .jump)
  }
}
