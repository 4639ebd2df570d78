import Features
import Files
import History
import Learning

@testable import RiskModel

/// What suites about scoring share.
enum RiskFixtures {
  /// A model without parameters: the rule score.
  static func rules(
    _ recipe: TrainingRecipe = TrainablePast.recipe, lagDays: Int = 0
  ) -> RiskModelFile {
    RiskModelFile(
      recipe: recipe.resolved, learner: .rules, asOf: pastDay(0), lagDays: lagDays,
      trainedFrom: nil,
      trainedThrough: nil, rows: 0, churnedRows: 0, churnedCustomers: 0, unobservedRows: 0,
      baseRate: nil, grade: nil, fitted: nil, calibration: .identity, bands: RuleScore.bands,
      attention: [], sha256: String(repeating: "0", count: 64))
  }

  /// One calibration of each method, with parameters that are no round numbers.
  static let calibrations: [CalibrationMap] = [
    .identity, .interceptShift(b: -0.37), .platt(a: 0.81, b: 0.22),
    .beta(a: 0.7, b: 1.3, c: -0.11),
    .isotonic(logOdds: [-4.5, -2.25, -0.5], probabilities: [0.015, 0.065, 0.55]),
  ]
}

/// A history that hands out its customers in batches of its own size.
struct OtherBatches: HistorySource {
  let history: InMemoryHistory
  let size: Int

  var sources: [Source] { history.sources }
  var meters: [Meter] { history.meters }
  var exclusions: [Exclusion] { history.exclusions }
  var surroundings: Surroundings { history.surroundings }

  func forEachCustomerBatch(size: Int, _ body: ([CustomerHistory]) throws -> Void) throws {
    try history.forEachCustomerBatch(size: self.size, body)
  }
}
