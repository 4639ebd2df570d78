import TestSupport
import Files
import Words

@testable import Reporting
import RiskModel

/// Small at-risk documents by hand.
enum SampleScores {
  static let hostileNames = HostileNames.all

  static func row(
    _ number: Int, band: String = "high", probability: Double? = 0.5, manager: String? = nil,
    email: String? = nil
  ) -> AtRiskDocument.Row {
    var row = AtRiskDocument.Row()
    row.rank = number
    row.identity.subscriptionId = id(number)
    row.identity.subscriptionName = "subscription \(number)"
    row.identity.customerTenantId = id(1_000 + number)
    row.identity.customerName = "customer \(number)"
    row.identity.status = "ACTIVE"
    row.identity.lastUsageDate = "2026-11-10"
    row.identity.usageThrough = "2026-11-12"
    row.identity.value = 812.5
    row.identity.valueBasis = "usage"
    row.identity.accountManager = manager
    row.identity.email = email
    row.churnProbability = probability
    row.expectedLoss = probability.map { $0 * 812.5 }
    row.logOdds = probability.map { $0 - 0.5 }
    row.riskBand = band
    return row
  }

  static func id(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return "00000000-0000-0000-0000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  /// A document of one horizon and model, with rows in the order given.
  static func document(
    asOf: String = "2026-11-16", _ rows: [AtRiskDocument.Row] = []
  ) -> AtRiskDocument {
    var document = AtRiskDocument()
    document.asOf = asOf
    document.dataThrough = "2026-11-12"
    document.lagDays = 4
    document.horizonDays = 91
    document.churnEvents = ["deprovisioned", "suspended"]
    document.churnText = "The subscription is suspended or deprovisioned within 91 days."
    document.model.name = "cancellation-91d"
    document.model.learner = "logistic"
    document.model.trainedThrough = "2026-07-13"
    document.model.sha256 = String(repeating: "a", count: 64)
    document.model.baseRate = 0.021
    document.model.grade = "B"
    document.model.bias = -3.1
    document.model.calibration = ["method": "platt", "a": 0.97, "b": -0.02]
    document.high = 0.079
    document.medium = 0.041
    document.subscriptions = rows
    return document
  }

  /// A document that uses every field, and every null.
  static var full: AtRiskDocument {
    var known = row(1, manager: "Anna Berg", email: "anna@example.com")
    known.identity.customerMarket = "US"
    known.identity.partnerId = "123"
    known.identity.partnerName = "Reseller"
    known.identity.providerName = "Provider"
    known.identity.productName = "Azure plan"
    known.identity.subscriptionStartDate = "2024-02-01"
    known.identity.autoRenewEnabled = true
    known.identity.commitmentEndDate = "2027-02-01"
    known.identity.trialStatus = "converted"
    known.identity.trialEndDate = "2024-03-01"
    known.identity.trialToPaidConversionDate = "2024-02-20"
    known.identity.licenseCount = 3
    known.identity.valueBasis = "cost"
    known.identity.currency = "USD"
    known.identity.microsoftChurnRisk = "High"
    known.reasons = [
      AtRiskDocument.Reason(
        feature: "daysSinceLastUsage", family: "usageRecency", value: 42, contribution: 1.31,
        text: "No usage for 42 days; its usual gap is 2 days",
        message: Message(.silentUsualGap, [.days: 42, .usualGapDays: 2])),
      AtRiskDocument.Reason(
        feature: "productName", family: "partnerMarket", value: nil, contribution: 0.25,
        text: "Product: Azure plan", message: Message(.product, texts: [.level: "Azure plan"])),
    ]
    known.mitigating = [
      AtRiskDocument.Reason(
        feature: "autoRenew", family: "renewal", value: 1, contribution: -0.4,
        text: "Renews automatically")
    ]
    known.otherContributions = 1.844
    known.families = [
      AtRiskDocument.Family(
        family: "usageRecency", contribution: 1.31, probabilityWithout: 0.2,
        changeSincePrevious: 0.5),
      AtRiskDocument.Family(
        family: "renewal", contribution: -0.4, probabilityWithout: 0.6, changeSincePrevious: nil),
    ]
    known.previous = AtRiskDocument.Previous(
      asOf: "2026-11-09", churnProbability: 0.31, riskBand: "high", rank: 7)
    known.change = "worse"
    known.firstFlagged = "2026-10-26"
    known.weeksFlagged = 4
    known.deadlines = [
      AtRiskDocument.Deadline(
        kind: "commitmentEnds", date: "2026-12-01",
        text: "The commitment ends on 1 December 2026 (in 15 days) and auto-renew is off")
    ]
    known.listing = AtRiskDocument.Listing(
      isListed: true, since: "2026-10-26", reason: .stays)
    known.contact = AtRiskDocument.LastContact(
      date: "2026-10-27", accountManager: "Anna Berg", outcome: "called", until: nil)
    var unknown = AtRiskDocument.Row()
    unknown.rank = 2
    unknown.identity.subscriptionId = id(2)
    unknown.identity.status = "ACTIVE"
    var excluded = AtRiskDocument.ExcludedRow()
    excluded.identity = known.identity
    excluded.identity.subscriptionId = id(3)
    excluded.identity.status = "DEPROVISIONED"
    excluded.reason = "alreadyChurned"
    excluded.since = "2026-11-01"
    excluded.deadlines = [
      AtRiskDocument.Deadline(
        kind: "deletionAfterCancel", date: "2027-01-30",
        text: "If it was cancelled, it is deleted with its data by 30 January 2027 (in 75 days)")
    ]
    var document = document([known, unknown])
    document.excluded = [excluded]
    document.attention = [
      Attention("usageStale", "Usage ends early.")
    ]
    return document
  }

  static func text(_ document: AtRiskDocument) throws -> String {
    let folder = TemporaryFolder()
    try document.write(to: folder["at-risk.json"])
    return String(decoding: try contents(ofFile: folder["at-risk.json"]), as: UTF8.self)
  }
}
