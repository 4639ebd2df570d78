internal import Features
internal import Learning
internal import Words

/// What a reader of every list of a model must know about its training.
enum TrainingAttention {
  /// What is to be said about the rows.
  ///
  /// - Parameters:
  ///   - rows: what was trained on.
  ///   - shortage: what is short for a fitted model, in words; nil when there is enough.
  /// - Returns: one sentence for each thing to know; none when there is nothing to say.
  static func texts(_ rows: TrainingData, shortage: String?) -> [Attention] {
    var attention: [Attention] = []
    if let shortage {
      attention.append(
        Attention(
          "tooLittleHistory",
          "No model was fitted: \(shortage). The list is ordered by the transparent rule score, "
            + "which is no probability.\(incompleteExports(rows))\(otherRecipes(rows))",
          Message(.remarkTooLittleHistory)))
    }
    let unobserved = rows.table.rows.count { !$0.isObserved }
    if unobserved > 0 {
      attention.append(
        Attention(
          "survivorBias",
          "\(unobserved) of \(rows.table.count) training rows lie before the first export and rest "
            + "on dated facts alone. Subscriptions that had left the exports by then are not among "
            + "them, so churn is probably underestimated. Keep importing weekly exports.",
          Message(
            .remarkSurvivorBias,
            [.count: Double(unobserved), .rows: Double(rows.table.count)])))
    }
    if shortage == nil, rows.baseRateIsOfAllRows, let rate = rows.baseRate {
      attention.append(
        Attention(
          "baseRateOfAllRows",
          "Over the last 365 days whose outcome is known nobody churned, or everybody did. The risk "
            + "bands are set against the rate of all training rows, \(percent(rate)), instead.",
          Message(.remarkBaseRateOfAllRows, [.share: rate])))
    }
    return attention
  }

  /// Said where many exports end no window; else empty.
  private static func incompleteExports(_ rows: TrainingData) -> String {
    let (all, incomplete) = rows.exports
    guard incomplete > 0, 4 * incomplete >= all else { return "" }
    return
      " \(incomplete) of \(counted(all, "export")) \(incomplete == 1 ? "is" : "are") incomplete, and an "
      + "incomplete export ends no window: 'churn-risk status' says why."
  }

  /// Which recipe may have what this one lacks; empty where none has.
  private static func otherRecipes(_ rows: TrainingData) -> String {
    let definition = rows.definition
    guard !definition.events.contains(.dormant) else { return "" }
    let dormancy = "'--recipe dormancy-28d' foretells who stops using plans that nobody cancels."
    if rows.table.count == 0, definition.horizonDays > 28 {
      return " No window of \(definition.horizonDays) days has been seen to its end yet: '--recipe "
        + "cancellation-28d' looks four weeks ahead, and \(dormancy)"
    }
    guard rows.churnedCustomers == 0 else { return "" }
    guard rows.lostLately == 0 else {
      return
        " \(counted(rows.lostLately, "subscription")) \(rows.lostLately == 1 ? "was" : "were") lost in "
        + "the last 91 days, but not in a window of \(definition.horizonDays) days that has been seen to its "
        + "end: train again when later exports are imported."
    }
    return " Nobody was seen to leave: \(dormancy)"
  }

  /// How a list is ordered when the model has not shown that its own order is worth anything.
  static let orderByRule =
    "No subscription is high by the model alone: the list is ordered by the transparent rule score, "
    + "which counts the ends of trials and commitments, then by the nearest of these deadlines. The "
    + "bands are the rule's, high from \(Int(RuleScore.bands.high)) and medium from "
    + "\(Int(RuleScore.bands.medium)) points; the probabilities stand beside them."

  /// Said when the strongest penalty within one standard error of the best is λ = ∞.
  ///
  /// Such a model gives everybody the base rate. That is the honest probability, but no order: the
  /// riskiest twenty would be the twenty smallest ids.
  static func noRanking(_ rows: TrainingData) -> Attention {
    Attention(
      "noRanking",
      "The model cannot rank: on days it had not seen no fit was reliably better than the rate of all "
        + "training rows" + (rows.rate.map { ", \(percent($0))" } ?? "")
        + ", so every subscription has this probability.", Message(.remarkNoRanking))
  }

  /// What is to be said about the judgement and the final fit.
  static func remarks(
    on judgement: Judgement, grade: RiskModelFile.Grade?, _ fit: FitSummary?
  ) -> [Attention] {
    var remarks: [Attention] = []
    if grade == .c {
      remarks.append(
        Attention(
          "noProvenSkill",
          (!judgement.hasRanking
            ? "Grade C: one probability for everybody is no order. "
            : judgement.selection.scheme == .forward
              ? "Grade C: on later days the model was not reliably better than the base rate and the days "
                + "since last usage, be it that the losses are too few to tell or that it is no better. "
              : "Grade C: the history is too short to judge the model on later days. ")
            + orderByRule, Message(.remarkNoProvenSkill)))
    }
    if let obstacle = judgement.learners.obstacle { remarks.append(linearOnly(obstacle)) }
    if let fit, !fit.converged {
      remarks.append(
        Attention(
          "notConverged",
          "The final fit stopped with a gradient of \(fit.gradientNorm); its coefficients are "
            + "not exact.", Message(.remarkNotConverged)))
    }
    return remarks
  }

  /// Said when trees would have been tried, and could not be.
  static func linearOnly(_ obstacle: BoostingObstacle) -> Attention {
    Attention(
      "linearOnly", "Boosted trees were not tried: \(obstacle). The linear model stands alone.",
      Message(.remarkLinearOnly), severity: .information)
  }
}
