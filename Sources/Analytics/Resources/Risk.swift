internal import History
internal import Reporting

/// The scored subscriptions of an at-risk.json, in the order of the list.
///
/// The fields have the names of that file; what is nested there is flat here.
struct Risk: RowResource {
  let name = "risk"
  let path = "risk"
  let abstract = "Every scored subscription: how likely it is to be lost, and why."
  let needs = AnalyticsNeed.scores
  let defaultLevel = AggregationLevel.day

  let fields: [AnalyticsField] = [
    AnalyticsField("rank", .number, "Its place on the list", isGroupable: false, isBrief: true),
    AnalyticsField("subscriptionId", .id, "The subscription"),
    AnalyticsField("subscriptionName", .text, "Its name", isBrief: true, .personal),
    AnalyticsField("customerTenantId", .id, "The customer's tenant"),
    AnalyticsField("customerName", .text, "The name of the customer", isBrief: true, .personal),
    AnalyticsField("customerMarket", .text, "The customer's country or region"),
    AnalyticsField("partnerId", .id, "The MPN ID of the reseller"),
    AnalyticsField("partnerName", .text, "The reseller's name"),
    AnalyticsField("providerName", .text, "The indirect provider's name"),
    AnalyticsField("productName", .text, "The product"),
    AnalyticsField("status", .text, "ACTIVE, or what else the newest export says"),
    AnalyticsField("subscriptionStartDate", .day, "When it began"),
    AnalyticsField(
      "lastUsageDate", .day, "When it was last used, by usage and exports", isBrief: true),
    AnalyticsField("autoRenewEnabled", .boolean, "Whether the commitment renews by itself"),
    AnalyticsField("commitmentEndDate", .day, "The last day of the commitment"),
    AnalyticsField("trialStatus", .text, "none, running, converted or ended"),
    AnalyticsField("trialEndDate", .day, "The last day of a trial"),
    AnalyticsField("licenseCount", .number, "Its licences", isGroupable: false),
    AnalyticsField("accountManager", .text, "Who looks after the customer", .personal),
    AnalyticsField(
      "value", .number, "What it is worth, by valueBasis", isGroupable: false, .revenue),
    AnalyticsField("valueBasis", .text, "cost, usage or licences", .revenue),
    AnalyticsField(
      "currency", .text, "Of value and expectedLoss, where the basis is cost", .revenue),
    AnalyticsField(
      "expectedLoss", .number, "churnProbability times value", isGroupable: false, .revenue),
    AnalyticsField(
      "churnProbability", .number, "Probability of churn within the horizon; null under rules",
      isGroupable: false, isBrief: true),
    AnalyticsField("riskBand", .text, "high, medium or low", isBrief: true),
    AnalyticsField("atRisk", .boolean, "Whether the band is high or medium"),
    AnalyticsField("ruleScore", .number, "Points of the rules, 0 to 100", isGroupable: false),
    AnalyticsField(
      "change", .text, "new, worse, same, better, recovered or modelChanged since the last list"),
    AnalyticsField("firstFlagged", .day, "Since when it is flagged"),
    AnalyticsField("weeksFlagged", .number, "For how many weeks", isGroupable: false),
    AnalyticsField(
      "reason", .text, "The first reason, in words", isGroupable: false, isBrief: true),
    AnalyticsField("reasonFamily", .text, "What family of features the first reason is of"),
    AnalyticsField("nextDeadline", .day, "The next day on which something happens by itself"),
    AnalyticsField("nextDeadlineKind", .text, "trialEnds, commitmentEnds and the like"),
    AnalyticsField("microsoftChurnRisk", .text, "Microsoft's own risk, where the export has one"),
  ]

  // Values of different currencies and bases are never added, so none is summed.
  var measures: [Measure] {
    [
      Measure("subscriptionCount", .count, "The number of scored subscriptions"),
      Measure(
        "atRiskCount", .countWhere(field: position(of: "atRisk"), is: .boolean(true)),
        "How many are at risk"),
      Measure(
        "expectedChurn", .sum(field: position(of: "churnProbability")),
        "How many are expected to be lost; null under rules"),
    ]
  }

  var key: [Int] { [position(of: "rank"), position(of: "subscriptionId")] }
  var subscriptionField: Int? { position(of: "subscriptionId") }

  /// As a list of scores usually is; one that somebody put in another order is sorted.
  func comesInOrder(from source: AnalyticsSource) -> Bool {
    let rows = source.scores?.subscriptions ?? []
    return zip(rows, rows.dropFirst()).allSatisfy { $0.rank < $1.rank }
  }

  func forEachRow(
    of source: AnalyticsSource, asOf: CalendarDay?, _ body: ([FieldValue]) throws -> Void
  ) throws {
    for row in source.scores?.subscriptions ?? [] { try body(Self.row(row)) }
  }

  private static func row(_ row: AtRiskDocument.Row) -> [FieldValue] {
    let identity = row.identity
    func day(_ text: String?) -> FieldValue { FieldValue(text.flatMap { CalendarDay($0) }) }
    return [
      FieldValue(row.rank), .text(identity.subscriptionId), FieldValue(identity.subscriptionName),
      FieldValue(identity.customerTenantId), FieldValue(identity.customerName),
      FieldValue(identity.customerMarket), FieldValue(identity.partnerId),
      FieldValue(identity.partnerName), FieldValue(identity.providerName),
      FieldValue(identity.productName), .text(identity.status),
      day(identity.subscriptionStartDate), day(identity.lastUsageDate),
      FieldValue(identity.autoRenewEnabled), day(identity.commitmentEndDate),
      .text(identity.trialStatus), day(identity.trialEndDate), FieldValue(identity.licenseCount),
      FieldValue(identity.accountManager), FieldValue(identity.value),
      FieldValue(identity.valueBasis), FieldValue(identity.currency), FieldValue(row.expectedLoss),
      FieldValue(row.churnProbability), .text(row.riskBand), .boolean(row.isAtRisk),
      FieldValue(row.ruleScore), FieldValue(row.change), day(row.firstFlagged),
      FieldValue(row.weeksFlagged), FieldValue(row.reasons.first?.text),
      FieldValue(row.reasons.first?.family), day(row.deadlines.first?.date),
      FieldValue(row.deadlines.first?.kind), FieldValue(identity.microsoftChurnRisk),
    ]
  }
}
