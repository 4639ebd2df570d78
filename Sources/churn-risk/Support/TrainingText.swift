import Glibc
import History
import Learning
import RiskModel

/// What a training gave, for a partner: what it stands on, and how good it was, in plain figures.
struct TrainingText {
  private let result: TrainingResult
  private let folder: ModelFolder

  init(_ result: TrainingResult, in folder: ModelFolder) {
    self.result = result
    self.folder = folder
  }

  /// The text for a terminal of that many columns; nil: one line a paragraph.
  func text(columns: Int?) -> String {
    let paragraphs =
      [basis] + quality + [
        "\(result.model.learner == .rules ? "The rule score is" : "The model is") in "
          + "\(folder.model). Everything about it, for people, is in \(folder.card)."
      ]
    return paragraphs.map { paragraph in
      folded(paragraph, columns: columns, hanging: paragraph.hasPrefix("- ") ? 2 : 0) + "\n"
    }.joined()
  }

  private var basis: String {
    let model = result.model
    guard model.learner != .rules else {
      return
        "No model was fitted, since there is too little to learn from: the rule score will order the "
        + "list."
    }
    let through = model.trainedThrough.map { " up to \($0)" } ?? ""
    let kind =
      result.judgement?.hasRanking ?? true ? "a \(model.learner.rawValue) model" : "the base rate"
    return "Trained \(kind) on \(counted(model.rows, "row")), each a "
      + "subscription on a past day\(through). \(grouped(model.churnedRows)) of them, of "
      + "\(counted(model.churnedCustomers, "customer")), were lost within "
      + "\(counted(model.recipe.horizonDays, "day"))."
  }

  /// Three figures with what they mean, then the grade; nothing under rules.
  private var quality: [String] {
    guard let judgement = result.judgement else { return [] }
    guard judgement.hasRanking else { return constant }
    let values = Dictionary(
      judgement.metrics.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    var lines = [
      judgement.selection.scheme == .forward
        ? "How good it was on days that it had not seen:"
        : "How good it was on customers that it had not seen, because the history is too short to judge "
          + "it on later days:"
    ]
    func add(_ name: String, _ meaning: (Double) -> String) {
      if let value = values[name] ?? nil { lines.append("- \(meaning(value))") }
    }
    add("areaUnderROC") {
      "AUC \(decimals($0, 2)): of a subscription that was lost and one that stayed, it put the lost "
        + "one higher \(decimals($0 * 100, 0)) times in 100; guessing gives 50"
    }
    add("liftAtTenPercent") {
      "lift \(decimals($0, 1)): the riskiest tenth of the list held \(decimals($0, 1)) times as many "
        + "losses as a tenth taken at random"
    }
    add("observedExpectedRatio") {
      "of every 100 losses that it expected, \(decimals($0 * 100, 0)) came"
    }
    if let grade = result.model.grade {
      lines.append("Grade \(grade.rawValue): \(Self.words(grade))")
    }
    return lines
  }

  /// What is true of one probability for everybody, instead of figures that judge an order.
  private var constant: [String] {
    let rate = result.model.fitted.map { " of \(decimals(100 / (1 + exp(-$0.bias)), 1)) %" } ?? ""
    return [
      "The model is the base rate: every subscription has the same probability\(rate), because nothing "
        + "that was tried was reliably better on rows that it had not seen. It ranks nobody.",
      "Grade C: there is no order that could be better than another. Lists will be ordered by the rule "
        + "score, and nobody is high by the model alone.",
    ]
  }

  private static func words(_ grade: RiskModelFile.Grade) -> String {
    switch grade {
    case .a:
      "reliably better than the base rate and the days since last usage, and a strong ranking."
    case .b: "reliably better than the base rate and the days since last usage."
    case .c:
      "not reliably better than the base rate and the days since last usage. Lists will be ordered by the "
        + "rule score, and nobody is high by the model alone."
    }
  }
}
