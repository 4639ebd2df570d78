import CommandLineKit
import RiskModel

/// The learners that this version can train, as an option's value.
enum LearnerChoice: String, CaseIterable, ParsableValue {
  case auto, logistic

  var learner: TrainingRecipe.Learner {
    switch self {
    case .auto: .auto
    case .logistic: .logistic
    }
  }
}

extension TrainingRecipe {
  /// Refuses a learner that recipes may name but that this version cannot train.
  ///
  /// - Throws: `RiskModelError.invalidRecipe`, exit status 65.
  func requireTrainableLearner(file: String) throws(RiskModelError) {
    guard !LearnerChoice.allCases.contains(where: { $0.learner == learner }) else { return }
    throw .invalidRecipe(
      file: file,
      problem: "'learner' is \(learner.rawValue), which this version cannot train yet; expected "
        + LearnerChoice.allCases.map(\.rawValue).joined(separator: " or "),
      remedy: "Change it in the recipe, or give --learner auto.")
  }
}
