import CommandLineKit
import RiskModel

/// The learners that `--learner` offers.
enum LearnerChoice: String, CaseIterable, ParsableValue {
  case auto, logistic, boosting

  var learner: TrainingRecipe.Learner {
    switch self {
    case .auto: .auto
    case .logistic: .logistic
    case .boosting: .boosting
    }
  }
}
