package import Features
package import History
package import Words

/// One sentence that a person must read, with a code that a program can.
package struct Attention: Sendable, Hashable {
  package enum Severity: String, Sendable, Hashable, CaseIterable { case information, warning }

  package var code: String
  package var severity: Severity
  package var text: String
  /// What readers of other languages are told, at times in less detail; nil = the text alone.
  package var message: Message?

  package init(
    _ code: String, _ text: String, _ message: Message? = nil, severity: Severity = .warning
  ) {
    self.code = code
    self.severity = severity
    self.text = text
    self.message = message
  }
}

/// Why a row is where it is: one feature's part.
package struct Reason: Sendable, Hashable {
  package var feature: String
  package var family: FeatureFamily
  /// nil when the value is unknown or a level.
  package var value: Double?
  /// On the log-odds scale before calibration; points under rules.
  package var contribution: Double
  package var message: Message
  /// The message in English.
  package var text: String { Language.en.text(message) }
}

/// What a subscription is worth over the trailing year.
package struct SubscriptionValue: Sendable, Hashable {
  package enum Basis: String, Sendable, Hashable, CaseIterable { case cost, usage, licences }

  /// ≥ 0, in `currency` for cost, median lines for usage, licences otherwise.
  package var amount: Double
  package var basis: Basis
  package var currency: String?
}

/// Who and what a row is about: the identity that scored and excluded rows share.
package struct SubscriptionIdentity: Sendable {
  package var id: GUID
  package var state: SubscriptionState
  package var startDate: CalendarDay?
  package var lastUsageDate: CalendarDay?
  /// The last day whose usage counts, from which a silence is counted: another one for each source; nil when
  /// no usage of its source is known.
  package var usageThrough: CalendarDay?
  package var trialPhase: TrialPhase
  package var owner: Owner?
  package var value: SubscriptionValue
  /// By date.
  package var deadlines: [Deadline] = []
}

/// One scored subscription.
package struct ScoredSubscription: Sendable {
  package var identity: SubscriptionIdentity
  /// Calibrated probability of churn within the horizon; nil under rules.
  package var probability: Double?
  /// The probability within each horizon that the model tells of, by days, its own among them and never
  /// falling; none where that is the only one.
  package var probabilityByHorizon: [HorizonProbability] = []
  /// A range of calibration that holds `probability`; nil where the model has none.
  package var range: ClosedRange<Double>?
  /// 0 … 100; nil under a model of grade A or B.
  package var ruleScore: Double?
  /// Before calibration; nil under rules.
  package var logOdds: Double?
  /// Days to the end of the trial or the commitment, where the rule counts it; nil without one.
  package var deadlineDays: Double?
  package var band: RiskBand
  /// What raises the risk, largest first.
  package var reasons: [Reason]
  /// What lowers it, largest first.
  package var mitigating: [Reason]
  package var otherContributions: Double
  /// Every feature's contribution, in the order of the model's `featureNames`; under rules the points
  /// of each of `RuleScore.features`, in that order.
  package var contributions: [Double]
  /// What the families say that say something.
  package var families: [FamilyPart] = []

  package var isAtRisk: Bool { band != .low }
  package var expectedLoss: Double? { probability.map { $0 * identity.value.amount } }
}

/// One subscription that is listed but not scored.
package struct ExcludedSubscription: Sendable {
  package var identity: SubscriptionIdentity
  package var reason: Standing.Reason
  package var since: CalendarDay?
}

/// The result of one scoring run: every Azure subscription seen, once.
package struct RiskScores: Sendable {
  package var asOf: CalendarDay
  package var dataThrough: CalendarDay
  package var lagDays: Int
  package var definition: ChurnDefinition
  package var model: RiskModelFile
  package var bands: RiskBands
  package var attention: [Attention]
  /// Riskiest first: by probability (rules: score), then log-odds, then id; under grade C by the rule
  /// score, the nearest deadline, the probability and the id.
  package var subscriptions: [ScoredSubscription]
  /// By reason, then id.
  package var excluded: [ExcludedSubscription]
}
