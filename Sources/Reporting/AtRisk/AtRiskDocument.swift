package import Files
package import RiskModel
package import Words

/// at-risk.json as values: what `score` writes and `export` reads (schemaVersion 1).
///
/// Dates are ISO days, ids lower-case GUIDs; nil is null. Field names are those of the file.
package struct AtRiskDocument: Sendable, Hashable {
  package static let schemaVersion = 1

  package var asOf = ""
  package var dataThrough = ""
  package var lagDays = 0
  package var horizonDays = 0
  package var churnEvents: [String] = []
  package var churnText = ""
  package var model = Model()
  package var high = 0.0
  package var medium = 0.0
  /// For a reader who must learn nothing of the others: bands are not told.
  package var isConfined = false
  package var attention: [Attention] = []
  package var subscriptions: [Row] = []
  package var excluded: [ExcludedRow] = []
  /// Drift, as the weekly run measures it, and what became of past lists; null where there is neither.
  package var monitoring = JSONValue.null
  /// What the sentences are written in; not part of the file, which is always in English.
  package var language = Language.en

  package init() {}

  package struct Model: Sendable, Hashable {
    package var name = ""
    /// logistic, boosting, blend or rules.
    package var learner = ""
    package var trainedThrough: String?
    package var sha256 = ""
    package var baseRate: Double?
    package var grade: String?
    package var bias = 0.0
    /// `{ "method": …, parameters }`.
    package var calibration: JSONValue = .null

    package init() {}
  }

  /// Who and what a row is about; the fields that scored and excluded rows share.
  package struct Identity: Sendable, Hashable {
    /// How far back `value` is counted, in days.
    static let valuePeriodDays = 365

    package var subscriptionId = ""
    package var subscriptionName: String?
    package var customerTenantId: String?
    package var customerName: String?
    package var customerMarket: String?
    package var partnerId: String?
    package var partnerName: String?
    package var providerName: String?
    package var productName: String?
    package var status = ""
    package var subscriptionStartDate: String?
    package var lastUsageDate: String?
    /// The last day whose usage counts for its source; nil when no usage of that is known.
    package var usageThrough: String?
    package var autoRenewEnabled: Bool?
    package var commitmentEndDate: String?
    package var trialStatus = "none"
    package var trialEndDate: String?
    package var trialToPaidConversionDate: String?
    package var licenseCount: Int?
    package var accountManager: String?
    package var email: String?
    package var value: Double?
    package var valueBasis: String?
    package var currency: String?
    package var microsoftChurnRisk: String?

    package init() {}
  }

  package struct Reason: Sendable, Hashable {
    package var feature: String
    package var family: String
    package var value: Double?
    package var contribution: Double
    package var text: String
    /// What the text says, for other languages; nil in scores of earlier versions.
    package var message: Message?

    package init(
      feature: String, family: String, value: Double?, contribution: Double, text: String,
      message: Message? = nil
    ) {
      self.feature = feature
      self.family = family
      self.value = value
      self.contribution = contribution
      self.text = text
      self.message = message
    }
  }

  /// What the features of one family together say.
  package struct Family: Sendable, Hashable {
    package var family: String
    /// On the log-odds scale before calibration; points under rules.
    package var contribution: Double
    /// What the probability would be without the family; nil under rules.
    package var probabilityWithout: Double?
    /// The contribution less that of the previous scores; nil unless they are by the same model.
    package var changeSincePrevious: Double?

    package init(
      family: String, contribution: Double, probabilityWithout: Double?,
      changeSincePrevious: Double? = nil
    ) {
      self.family = family
      self.contribution = contribution
      self.probabilityWithout = probabilityWithout
      self.changeSincePrevious = changeSincePrevious
    }
  }

  /// The row of the same subscription in the previous scores.
  package struct Previous: Sendable, Hashable {
    package var asOf: String
    package var churnProbability: Double?
    package var riskBand: String
    package var rank: Int

    package init(asOf: String, churnProbability: Double?, riskBand: String, rank: Int) {
      self.asOf = asOf
      self.churnProbability = churnProbability
      self.riskBand = riskBand
      self.rank = rank
    }
  }

  /// A day on which something happens by itself.
  package struct Deadline: Sendable, Hashable {
    /// trialEnds, commitmentEnds, reservationEnds, unusedNotice, unusedBlock, unusedDelete or
    /// deletionAfterCancel.
    package var kind: String
    package var date: String
    package var text: String

    package init(kind: String, date: String, text: String) {
      self.kind = kind
      self.date = date
      self.text = text
    }
  }

  /// The last contact with the customer about a subscription.
  package struct LastContact: Sendable, Hashable {
    package var date: String
    package var accountManager: String?
    /// called, saved, leaving, falseAlarm or snoozed.
    package var outcome: String
    /// The last day of a snooze.
    package var until: String?
  }

  /// Whether a row is on its account manager's list, since when and why (or why not).
  package struct Listing: Sendable, Hashable {
    package var isListed = false
    /// The day it came onto the list; nil when it is not on it.
    package var since: String?
    package var reason = ListingReason.lowRisk

    package init(
      isListed: Bool = false, since: String? = nil, reason: ListingReason = .lowRisk
    ) {
      self.isListed = isListed
      self.since = since
      self.reason = reason
    }
  }

  /// The probability of churn within some days.
  package struct HorizonProbability: Sendable, Hashable {
    package var days: Int
    package var probability: Double
  }

  package struct Row: Sendable, Hashable {
    package var rank = 0
    package var identity = Identity()
    package var expectedLoss: Double?
    /// The expected loss in the currency of exchange rates; not part of the file, orders lists alone.
    package var convertedLoss: Double?
    package var churnProbability: Double?
    /// By days and never falling, with `churnProbability` among them; empty stands for that alone.
    package var probabilityByHorizon: [HorizonProbability] = []
    /// A range of calibration that holds `churnProbability`; no confidence interval.
    package var vennAbers: ClosedRange<Double>?
    package var riskBand = "low"
    package var ruleScore: Double?
    package var logOdds: Double?
    package var reasons: [Reason] = []
    package var mitigating: [Reason] = []
    package var otherContributions = 0.0
    /// By date, none of them before `asOf`.
    package var deadlines: [Deadline] = []
    /// Those that say something, or did in the previous scores.
    package var families: [Family] = []
    package var previous: Previous?
    package var change: String?
    package var firstFlagged: String?
    package var weeksFlagged = 0
    /// nil in scores that were written without decisions: then every row at risk is listed.
    package var listing: Listing?
    package var contact: LastContact?

    package init() {}

    package var isAtRisk: Bool { riskBand != "low" }
    /// Whether it is at risk, was so and has not fallen far, or comes to a deadline.
    var isFlagged: Bool { isAtRisk || firstFlagged != nil }
    package var isListed: Bool { listing?.isListed ?? isAtRisk }
  }

  package struct ExcludedRow: Sendable, Hashable {
    package var identity = Identity()
    package var reason = "other"
    package var since: String?
    package var deadlines: [Deadline] = []
    /// `churned` where the previous scores still had it among their rows; else nil.
    package var change: String?

    package init() {}
  }

  /// Sum of the probabilities; nil under rules.
  package var expectedChurn: Double? {
    model.learner == "rules"
      ? nil : subscriptions.reduce(0) { $0 + ($1.churnProbability ?? 0) }
  }

  /// Whether the points of the rule decide order and bands: under rules and with grade C.
  package var ordersByRule: Bool { model.learner == "rules" || model.grade == "C" }

  /// How many are excluded for each reason that occurs, the most frequent first.
  package var excludedByReason: [(reason: String, count: Int)] {
    Dictionary(grouping: excluded, by: \.reason).map { (reason: $0.key, count: $0.value.count) }
      .sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
  }

  package func count(ofBand band: String) -> Int { subscriptions.count { $0.riskBand == band } }
}

extension AtRiskDocument {
  /// What `--redact` takes out before a file is shared.
  package enum Redaction: String, Sendable, CaseIterable { case revenue, names }

  /// The document without money, or without names of customers and subscriptions.
  package func redacted(_ redactions: Set<Redaction>) -> AtRiskDocument {
    guard !redactions.isEmpty else { return self }
    var document = self
    for index in document.subscriptions.indices {
      document.subscriptions[index].redact(redactions)
    }
    for index in document.excluded.indices { document.excluded[index].identity.redact(redactions) }
    if redactions.contains(.revenue) { document.removeRemarkOnUnits() }
    return document
  }
}

extension RiskList {
  /// The list without money, or without names of customers and subscriptions.
  func redacted(_ redactions: Set<AtRiskDocument.Redaction>) -> RiskList {
    guard !redactions.isEmpty else { return self }
    var list = self
    for index in list.rows.indices { list.rows[index].redact(redactions) }
    for index in list.withoutUsage.indices { list.withoutUsage[index].redact(redactions) }
    for index in list.lost.indices { list.lost[index].identity.redact(redactions) }
    return list
  }
}

extension AtRiskDocument.Row {
  fileprivate mutating func redact(_ redactions: Set<AtRiskDocument.Redaction>) {
    identity.redact(redactions)
    guard redactions.contains(.revenue) else { return }
    expectedLoss = nil
    convertedLoss = nil
  }
}

extension AtRiskDocument.Identity {
  fileprivate mutating func redact(_ redactions: Set<AtRiskDocument.Redaction>) {
    if redactions.contains(.revenue) {
      value = nil
      valueBasis = nil
      currency = nil
    }
    if redactions.contains(.names) {
      customerName = nil
      subscriptionName = nil
    }
  }
}
