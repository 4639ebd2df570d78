/// Subscriptions with usage before they began.
///
/// The start is the earliest creation or effective date that any export has shown; one day is allowed for
/// clocks of other zones. A warning from 5 % of the subscriptions with usage and a start on, else for
/// information: a transfer gives a subscription a later date, and ids that were mixed up give many of them
/// one.
struct UsageBeforeStart: QualityCheck {
  let name = "usageBeforeStart"
  let isAboutFiles = false

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    guard let usage = facts.earlyUsage, usage.early > 0 else { return [] }
    let share = QualityFinding.share(usage.early, of: usage.subscriptions)
    return [
      finding(
        usage.early * 20 >= usage.subscriptions ? .warning : .info, column: "usageDate",
        count: usage.early,
        "\(usage.early) of \(usage.subscriptions) subscriptions (\(share), 5 % or more is odd) have "
          + "usage more than a day before their creationDate and effectiveStartDate")
    ]
  }
}
