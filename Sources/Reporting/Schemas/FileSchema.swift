/// The JSON Schema (2020-12) of each file, as `churn-risk schema NAME` prints it.
package enum FileSchema: String, CaseIterable, Sendable {
  case atRisk = "at-risk"
  case evaluation
  case backtest
  case manifest
  case config
  case recipe
  case summary

  /// The schema's text.
  package var text: String {
    switch self {
    case .atRisk: atRiskSchema
    case .evaluation: evaluationSchema
    case .backtest: backtestSchema
    case .manifest: manifestSchema
    case .config: configSchema
    case .recipe: recipeSchema
    case .summary: summarySchema
    }
  }
}
