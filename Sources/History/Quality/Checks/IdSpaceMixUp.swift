/// Usage that speaks of the right customers and the wrong ids: the plan's or the bill's, for instance,
/// where the Azure subscription below it (the entitlement) is meant.
///
/// Looked for only where fewer than half of the ids match. An error when at least half of the unknown
/// ids belong to customers that have Azure subscriptions in the exports: of another tenant's usage the
/// customers would be unknown as well. A warning when at least a tenth of all ids with usage are those of
/// subscriptions that are not Azure.
struct IdSpaceMixUp: QualityCheck {
  let name = "idSpaceMixUp"
  let isAboutFiles = true

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    guard let used = facts.used, let match = facts.idMatch, match.isTooLow else { return [] }
    var found: [QualityFinding] = []
    if used.usageOnly > 0, used.ofKnownCustomers * 2 >= used.usageOnly {
      found.append(
        finding(
          .error, column: "subscriptionId", count: used.ofKnownCustomers,
          "\(used.ofKnownCustomers) of the \(used.usageOnly) unknown ids with usage belong to "
            + "customers that have Azure subscriptions in the exports (half or more means a mix-up); "
            + "the usage probably carries the id of the plan or of the bill: export the one with the "
            + "Azure subscription (EntitlementId)"))
    }
    if used.ofOtherTypes * 10 >= used.withUsage, used.ofOtherTypes > 0 {
      found.append(
        finding(
          .warning, column: "subscriptionId", count: used.ofOtherTypes,
          "\(used.ofOtherTypes) of \(used.withUsage) ids with usage are subscriptions of another "
            + "type than Azure (a tenth or more is odd); they may be ids of plans"))
    }
    return found
  }
}
