/// Settings known to work on churn tables, from small and careful to large and bold.
///
/// Which one is right is decided by validated log-loss, table by table.
package enum BoostingPreset: String, Sendable, Codable, CaseIterable {
  /// Eight leaves of sixty rows or more, penalized: what wins on panels, and where labels are mostly noise.
  case careful = "C"
  /// Eight leaves of twenty rows or more: what wins on a few thousand rows.
  case small = "S"
  /// Fifty leaves: what wins on tables with interactions.
  case medium = "M"
  /// Level by level to depth six.
  case deep = "X"

  /// The settings.
  ///
  /// M and X: Holzmüller et al. 2024, "Better by default", https://arxiv.org/abs/2407.04491
  package var settings: BoostingSettings {
    var settings = BoostingSettings()
    settings.rounds = 1000
    switch self {
    case .careful, .small:
      settings.learningRate = 0.03
      settings.maximumLeaves = 8
      settings.minimumLeafRows = self == .careful ? 60 : 20
      settings.lambda = self == .careful ? 5 : 2
      settings.columnShare = 0.7
      settings.rowShare = 0.75
      settings.patience = 100
    case .medium:
      settings.learningRate = 0.04
      settings.maximumLeaves = 50
      settings.minimumLeafRows = 40
      settings.rowShare = 0.75
      settings.patience = 300
    case .deep:
      settings.learningRate = 0.08
      settings.growth = .depthWise
      settings.maximumLeaves = 64
      settings.maximumDepth = 6
      settings.minimumLeafRows = 1
      settings.minimumLeafHessian = 1
      settings.rowShare = 0.65
      settings.levelColumnShare = 0.9
      settings.patience = 300
    }
    return settings
  }
}
