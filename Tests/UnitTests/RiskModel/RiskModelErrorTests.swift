import History
import Learning
import TestSupport
import Testing

@testable import RiskModel

/// Each error says what, where, what was expected, and what to do.
struct RiskModelErrorTests: PastFixtures {
  @Test func `every message ends with what to do`() {
    let errors: [RiskModelError] = [
      .invalidRecipe(file: "r.json", problem: "'seed' is wrong", remedy: "Correct the value."),
      .noObservations,
      .asOfOutsideHistory(day(0), first: day(7), last: day(14)),
      .asOfOutsideHistory(day(20), first: day(7), last: day(14)),
      .horizonShorterThanSpacing(horizonDays: 7, spacingDays: 28),
      .tooLittleHistory(learner: "logistic", shortage: "3 mature rows, at least 500 are needed"),
      .cannotBoost(.oneGroup), .cannotBoost(.tooManyRows(1 << 24)),
      .invalidModel(file: "model.json", problem: "this is no model file"),
      .otherFeatures(file: "model.json", missing: ["a", "b"]),
      .contributionsDoNotAdd(subscription: GUID(high: 0, low: 1), difference: 1e-3),
    ]
    for error in errors {
      let text = error.description
      #expect(text.hasSuffix("."), "\(text)")
      #expect(
        ["Correct", "Import", "Choose", "choose", "Use", "Train", "report"].contains {
          text.contains($0)
        }, "\(text)")
      #expect(!text.contains(".."))
    }
    #expect(errors.contains { $0.description.contains("a, b") })
  }
}
