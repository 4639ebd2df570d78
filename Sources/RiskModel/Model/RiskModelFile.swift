package import History
package import Learning

/// A trained model with everything that scoring needs and nothing that names a customer.
package struct RiskModelFile: Sendable, Equatable {
  package static let schemaVersion = 1

  package enum Learner: String, Sendable, Hashable, CaseIterable {
    case logistic, boosting, blend, rules
  }

  /// How much the model adds over the base rate; the rule is in `Grade.swift`.
  package enum Grade: String, Sendable, Hashable, CaseIterable { case a = "A", b = "B", c = "C" }

  package var recipe: TrainingRecipe
  package var learner: Learner
  /// The day from which training looked back.
  package var asOf: CalendarDay
  package var lagDays: Int
  /// The first and the newest landmark trained on; nil under rules without rows.
  package var trainedFrom: CalendarDay?
  package var trainedThrough: CalendarDay?
  /// Subscription × landmark rows, churned ones, and distinct customers that churned.
  package var rows: Int
  package var churnedRows: Int
  package var churnedCustomers: Int
  /// Rows on landmarks before the first export, where only dated facts are known.
  package var unobservedRows: Int
  /// Mean label over the last 365 mature days, or over all rows where nobody churned in them; nil
  /// without rows.
  package var baseRate: Double?
  /// nil under rules.
  package var grade: Grade?
  /// nil under rules.
  package var fitted: FittedModel?
  package var calibration: CalibrationMap
  /// The other horizons it tells of; nil under rules, of dormancy, and where too little was seen of any.
  package var horizons: HorizonSpread?
  /// nil under rules, and where too few customers churned of late.
  package var vennAbers: VennAbers?
  package var bands: RiskBands
  /// What a person must know about the training; carried into every list.
  package var attention: [Attention]
  /// Digest of the content; set by the codec.
  package var sha256 = ""

  /// Whether lists are ordered by the rule score: under rules, and for a model of grade C, which has
  /// not shown that its order is worth anything.
  package var ordersByRule: Bool { learner == .rules || grade == .c }

  /// Log-odds of the average training row; 0 under rules.
  package var bias: Double { fitted?.bias ?? 0 }

  /// Names of the features the model reads, in order; none under rules, whose
  /// features are `RuleScore.features`.
  package var featureNames: [String] { fitted?.columnNames ?? [] }
}
