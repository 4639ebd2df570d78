import CommandLineKit
import Features
import History
import Learning
import RiskModel

/// A backtest for a person: a line per list, all of them pooled, and the baselines beside the model.
struct BacktestTable {
  private let result: BacktestResult

  init(_ result: BacktestResult) { self.result = result }

  func text(width: Int?, wroteTo path: String) -> String {
    let width = width.map { max($0, 80) }
    let count = result.origins.count
    var text =
      "\(counted(count, "past list")) by \(result.recipe.name), each from what was known on its day\n"
    text += folded(result.recipe.definition.text, columns: width) + "\n\n"
    text += lists.rendered(maximumWidth: width) + "\n"
    text += "All lists together, with 95 % intervals that take a customer for one observation\n\n"
    text += comparison.rendered(maximumWidth: width) + "\n"
    return text
      + (sentences + ["All figures are in \(path)."]).map {
        folded($0, columns: width) + "\n"
      }.joined()
  }

  // MARK: A line per list

  private static let figures: [(String, Int, @Sendable (JudgeFigures) -> Estimate?)] = [
    ("AUC", 3, { $0.ranking[.areaUnderROC] }), ("Log-loss", 4, { $0.probability?.logLoss }),
    ("AP", 3, { $0.ranking[.averagePrecision] }), ("Lift", 1, { $0.ranking[.liftAtCapacity] }),
    ("Prec.", 3, { $0.ranking[.precisionAtCapacity] }),
    ("Recall", 3, { $0.ranking[.recallAtCapacity] }),
    ("Obs:exp", 2, { $0.probability?.observedExpectedRatio }),
  ]

  private var lists: Table {
    var table = Table(
      columns: [Table.Column("List of"), Table.Column("Model")]
        + (["Rows", "Lost"] + Self.figures.map(\.0)).map { Table.Column($0, alignment: .right) })
    func add(_ name: String, _ kind: String, _ figures: ListFigures, _ judge: JudgeFigures) {
      table.add(
        [name, kind, grouped(figures.rows), grouped(figures.lost)]
          + Self.figures.map { Self.cell($0.2(judge)?.value, $0.1) })
    }
    for origin in result.origins {
      let model = origin.list.model
      let grade = model.grade.map { " \($0.rawValue)" } ?? ""
      add(
        "\(origin.list.origin)", model.learner.rawValue + grade, origin.figures,
        origin.figures.model)
    }
    let pooled = result.pooled
    add("all", pooled.grade.map { "grade \($0.rawValue)" } ?? "", pooled, pooled.model)
    add("", "base rate", pooled, pooled.baseRate)
    add("", "days unused", pooled, pooled.daysSinceLastUsage)
    return table
  }

  // MARK: The model beside the baselines

  private static let compared: [(String, Int, @Sendable (JudgeFigures) -> Estimate?)] = [
    ("AUC", 3, { $0.ranking[.areaUnderROC] }),
    ("log-loss", 4, { $0.probability?.logLoss }),
    ("average precision", 3, { $0.ranking[.averagePrecision] }),
    ("lift of the first tenth", 2, { $0.ranking[.liftAtTenPercent] }),
    ("lift at capacity", 2, { $0.ranking[.liftAtCapacity] }),
    ("precision at capacity", 3, { $0.ranking[.precisionAtCapacity] }),
    ("recall at capacity", 3, { $0.ranking[.recallAtCapacity] }),
    ("share of lost value at capacity", 3, { $0.ranking[.valueRecallAtCapacity] }),
    ("calibration slope", 2, { $0.probability?.calibrationSlope }),
    ("calibration intercept", 2, { $0.probability?.calibrationIntercept }),
    ("observed : expected", 2, { $0.probability?.observedExpectedRatio }),
  ]

  private var comparison: Table {
    var table = Table(
      columns: [Table.Column("")]
        + ["model", "base rate", "days since last usage"].map {
          Table.Column($0, alignment: .right)
        })
    let pooled = result.pooled
    for (name, count, figure) in Self.compared {
      table.add(
        [name]
          + [pooled.model, pooled.baseRate, pooled.daysSinceLastUsage].map {
            Self.cell(figure($0), count)
          })
    }
    table.add([
      "log-loss gained over it", "", Self.cell(pooled.gainOverBaseRate, 4),
      Self.cell(pooled.gainOverDaysSinceLastUsage, 4),
    ])
    return table
  }

  private var sentences: [String] {
    var lines = [
      "Capacity: "
        + (result.capacity.map { "the first \(counted($0, "row")) of each list." }
          ?? "the first tenth of each list.")
    ]
    let alerts = result.alerts
    if let weeks = alerts.leadWeeks {
      lines.append(
        "Lead time: \(grouped(alerts.alertedEvents)) of \(grouped(alerts.events)) losses were within "
          + "the capacity of a list before, in the middle \(decimals(weeks.median, 1)) weeks before "
          + "(half of them \(decimals(weeks.lower, 1)) to \(decimals(weeks.upper, 1)) weeks)."
          + (result.recipe.definition.isDormancy
            ? " A silence is a loss on the day on which it has lasted as long as the horizon." : "")
      )
    } else {
      lines.append(
        "Lead time: none of \(grouped(alerts.events)) dated losses was within the capacity of a "
          + "list before.")
    }
    if let rate = alerts.flipRate {
      lines.append(
        "Alerts that came or went from one list to the next: \(decimals(rate * 100, 0)) % of "
          + "\(grouped(alerts.flipPairs)).")
    }
    return lines
  }

  private static func cell(_ value: Double?, _ count: Int) -> String {
    value.map { decimals($0, count) } ?? "-"
  }

  private static func cell(_ estimate: Estimate?, _ count: Int) -> String {
    estimate.map { decimals($0, count) } ?? "-"
  }
}
