import CommandLineKit
import Learning
import RiskModel

/// What cross-validation found, a line per fold, then the means and their standard errors.
struct FoldTable {
  private let report: CrossValidationReport
  private let label: String
  private let group: String?

  private static let metrics: [(title: String, metric: Metric, decimals: Int)] = [
    ("Log-loss", .logLoss, 4), ("AUC", .areaUnderROC, 4), ("AP", .averagePrecision, 4),
    ("Brier", .brierScore, 4), ("Lift", .liftAtTenPercent, 2), ("Slope", .calibrationSlope, 2),
  ]

  /// - Parameters:
  ///   - report: what was found.
  ///   - label: the column that was predicted.
  ///   - group: the column of groups, if there is one.
  init(_ report: CrossValidationReport, label: String, group: String?) {
    self.report = report
    self.label = label
    self.group = group
  }

  func text(width: Int?) -> String {
    let rows = report.predictedRows.count
    let features = report.table.dataset.columnNames.count
    let duration = report.result.duration / .seconds(1)
    var text =
      "'\(label)' in \(grouped(rows)) rows from \(grouped(features)) "
      + "feature\(features == 1 ? "" : "s"), predicted by \(learner)\n\n"
      + table(withoutTwins: false).rendered(maximumWidth: width.map { max($0, 80) }) + "\n"
    if report.twinRows > 0 {
      text +=
        "Without the \(grouped(report.twinRows)) rows that have an exact twin among the rows "
        + "trained on\n\n"
        + table(withoutTwins: true).rendered(maximumWidth: width.map { max($0, 80) }) + "\n"
    }
    if let slope = report.pooledFigures?.calibrationSlope, slope.value != nil {
      let clustered = group.map { ", clustered by '\($0)'" } ?? ""
      text +=
        "Calibration slope of all rows: \(decimals(slope, 2)), a 95 % interval\(clustered).\n"
    }
    return text + "Trained and predicted in \(decimals(duration, 1)) s.\n"
  }

  private var learner: String {
    switch report.learner {
    case "logistic": "logistic regression"
    case "boosting": "boosted trees"
    case "blend": "the mean of logistic regression and boosted trees"
    default: "the better of logistic regression and boosted trees, or their mean"
    }
  }

  /// What each fold's learner chose inside its training rows, a line per fold.
  var choices: String {
    report.result.folds.map { fold in
      let learned = fold.learned
      let logistic = learned.selection.logistic
      let net = logistic.mixing > 0 ? " of an elastic net" : ""
      let lambda = logistic.lambda.isFinite ? "\(logistic.lambda)\(net)" : "infinite, the base rate"
      let losses = learned.selection.candidates.map {
        "\($0.learner.rawValue) \(decimals($0.logLoss, 4))"
      }
      let preset = learned.selection.boosting.map { ", preset \($0.choice.preset.rawValue)" } ?? ""
      let scheme =
        switch logistic.scheme {
        case .forward: "\(logistic.splits.count) origins in time"
        case .foldsAcrossTimes: "five folds, each at times not learned from"
        case .groupedFolds: "\(logistic.splits.count) folds"
        case .resubstitution: "nothing, too few rows to split"
        }
      return "Fold \(fold.fold): lambda \(lambda) by \(scheme); "
        + "\(losses.joined(separator: ", "))\(preset); "
        + "\(learned.selection.chosen.rawValue) chosen; "
        + "\(learned.calibration.map.method) calibration"
        + (learned.summary?.converged ?? true ? "." : "; not converged.")
    }.joined(separator: "\n")
  }

  private func table(withoutTwins: Bool) -> Table {
    var columns = ["Fold", "Trained on", "Rows"] + Self.metrics.map(\.title)
    if !withoutTwins { columns.append("Seconds") }
    var table = Table(columns: columns.map { Table.Column($0, alignment: .right) })
    for fold in report.result.folds {
      let values = withoutTwins ? fold.metricsWithoutTwins : fold.metrics
      let rows = withoutTwins ? fold.assessmentRows - fold.twinRows : fold.assessmentRows
      var cells = [String(fold.fold), grouped(fold.analysisRows), grouped(rows)]
      cells += Self.metrics.map { Self.cell(values[$0.metric], $0.decimals) }
      if !withoutTwins { cells.append(decimals(fold.duration / .seconds(1), 1)) }
      table.add(cells)
    }
    guard report.result.folds.count > 1 else { return table }
    let summaries = Self.metrics.map {
      (report.result.summary(of: $0.metric, withoutTwins: withoutTwins), $0.decimals)
    }
    let tail = withoutTwins ? [] : [""]
    table.add(["mean", "", ""] + summaries.map { Self.cell($0.mean, $1) } + tail)
    table.add(["±", "", ""] + summaries.map { Self.cell($0.standardError, $1) } + tail)
    return table
  }

  private static func cell(_ value: Double?, _ count: Int) -> String {
    value.map { decimals($0, count) } ?? "-"
  }
}
