/// How many of the subscriptions with usage the exports know as Azure subscriptions.
///
/// An error below 50 %: then every score that rests on usage is wrong. A warning below 90 %.
struct UsageIdMatch: QualityCheck {
  let name = "usageIdMatch"
  let isAboutFiles = true

  /// From this share on nothing is odd.
  static let usualShare = 0.9

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    guard let match = facts.idMatch else { return [] }
    let share = QualityFinding.share(match.known, of: match.withUsage)
    let counts =
      "\(match.known) of \(match.withUsage) subscriptions with usage (\(share)) appear as Azure "
      + "subscriptions in the subscription exports"
    let unknown = match.withUsage - match.known
    if match.isTooLow {
      return [
        finding(
          .error, column: "subscriptionId", count: unknown,
          "only \(counts); below 50 % usage and subscriptions speak of different things, and every "
            + "subscription looks unused")
      ]
    }
    if match.share < Self.usualShare {
      return [
        finding(
          .warning, column: "subscriptionId", count: unknown,
          "only \(counts), where 90 % are usual; an export of subscriptions may be missing")
      ]
    }
    guard facts.isWholeHistory else { return [] }
    return [finding(.info, column: "subscriptionId", count: unknown, counts)]
  }
}
