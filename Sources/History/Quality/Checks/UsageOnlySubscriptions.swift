/// Subscriptions with usage that no subscription export has ever shown.
///
/// A warning when they are more than a tenth of those with usage, else for information.
struct UsageOnlySubscriptions: QualityCheck {
  let name = "usageOnlySubscriptions"
  let isAboutFiles = false

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    guard let used = facts.used, used.usageOnly > 0 else { return [] }
    let share = QualityFinding.share(used.usageOnly, of: used.withUsage)
    return [
      finding(
        used.usageOnly * 10 > used.withUsage ? .warning : .info, column: "subscriptionId",
        count: used.usageOnly,
        "\(used.usageOnly) of \(used.withUsage) subscriptions with usage (\(share), more than 10 % is "
          + "odd) are in no subscription export; they are not scored")
    ]
  }
}
