package import History
package import Learning

/// Why a model cannot be trained, read or used.
package enum RiskModelError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A recipe's key or value is wrong; where is `file: key`.
  case invalidRecipe(file: String, problem: String, remedy: String)
  case noObservations
  case asOfOutsideHistory(CalendarDay, first: CalendarDay, last: CalendarDay)
  case horizonShorterThanSpacing(horizonDays: Int, spacingDays: Int)
  /// Too little to fit the learner that was asked for.
  case tooLittleHistory(learner: String, shortage: String)
  /// Trees were asked for by name and cannot be fitted.
  case cannotBoost(BoostingObstacle)
  /// An end of a range of days lies where nothing is known.
  case rangeOutsideHistory(option: String, CalendarDay, first: CalendarDay, last: CalendarDay)
  case noObservationInRange(from: CalendarDay, to: CalendarDay)
  case originOutsideRange(CalendarDay, from: CalendarDay, to: CalendarDay)
  /// No day of a backtest can be judged; why not, one sentence or clause for each.
  case noOriginToJudge([String])
  /// A list and a backtest that do not answer the same question.
  case otherQuestion(file: String, has: String, expected: String)
  case invalidBacktest(file: String)
  /// The model file is not one, or was changed after it was written.
  case invalidModel(file: String, problem: String)
  /// The model was made for other features than this program has.
  case otherFeatures(file: String, missing: [String])
  /// Parts that must sum to the whole did not: a defect of this program.
  case contributionsDoNotAdd(subscription: GUID, difference: Double)

  package var description: String {
    switch self {
    case .invalidRecipe(let file, let problem, let remedy): "\(file): \(problem). \(remedy)"
    case .noObservations:
      "The history holds no subscription export, so nothing can be scored. "
        + "Import at least one export of the subscription analytics with 'churn-risk import'."
    case .asOfOutsideHistory(let day, let first, let last):
      "--as-of \(day) lies \(day < first ? "before the first" : "after the last") observation; "
        + "expected a day from \(first) to \(last). "
        + (day < first
          ? "Import older exports, or choose a later day."
          : "Import the newest exports, or leave --as-of out to use \(last).")
    case .horizonShorterThanSpacing(let horizon, let spacing):
      "A horizon of \(horizon) days is shorter than the median \(spacing) days between exports, so "
        + "most events would be seen too late; expected at least \(spacing) days. "
        + "Choose a longer horizon (--horizon, or horizonDays of the recipe), or import more exports."
    case .tooLittleHistory(let learner, let shortage):
      "--learner \(learner) cannot be fitted: \(shortage). "
        + "Use --learner auto, which falls back to the rule score, or import a longer history."
    case .cannotBoost(let obstacle):
      "The learner boosting cannot be fitted: \(obstacle). Use --learner logistic, or auto, which then "
        + "is the linear model and says so."
    case .rangeOutsideHistory(let option, let day, let first, let last):
      "\(option) \(day) lies \(day < first ? "before the first" : "after the last") observation; "
        + "expected a day from \(first) to \(last). "
        + (day < first
          ? "Choose a later day, or import older exports."
          : "Choose an earlier day, or import the newest exports.")
    case .noObservationInRange(let from, let to):
      "No subscription export was observed from \(from) to \(to); expected at least one, because only on "
        + "such days a list could have been made. Choose a wider range; 'churn-risk imports' lists the days."
    case .originOutsideRange(let origin, let from, let to):
      "--split \(origin) lies outside of the range; expected a day from \(from) to \(to). "
        + "Choose one of them, or leave --split out."
    case .noOriginToJudge(let reasons):
      "No day of the range can be judged. "
        + reasons.prefix(5).map { $0.hasSuffix(".") ? $0 : "\($0)." }.joined(separator: " ")
        + (reasons.count > 5 ? " And \(reasons.count - 5) more days." : "")
        + " Choose earlier days with --from and --to, or import later exports."
    case .otherQuestion(let file, let has, let expected):
      "\(file): the list foretells \(has); expected \(expected), as in the backtest. "
        + "Give lists and a backtest of the same recipe."
    case .invalidBacktest(let file):
      "\(file): this is no backtest of schema version 1; expected a file written by 'churn-risk backtest'. "
        + "Run the backtest again."
    case .invalidModel(let file, let problem):
      "\(file): \(problem); expected a model.json written by 'churn-risk train'. Train again."
    case .otherFeatures(let file, let missing):
      "\(file): the model was trained on features that this version does not have: "
        + "\(missing.joined(separator: ", ")). Train again with this version."
    case .contributionsDoNotAdd(let subscription, let difference):
      "The contributions of subscription \(subscription) miss its log-odds by \(difference). "
        + "This is a defect of churn-risk: no scores were written. Please report it."
    }
  }
}
