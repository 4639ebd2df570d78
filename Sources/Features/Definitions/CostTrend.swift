internal import Glibc
internal import History

/// What it costs now, against what it cost before, in one currency.
struct CostTrend: Feature {
  let windowDays: Int

  var description: FeatureDescription {
    FeatureDescription(
      "costTrend\(windowDays)", .usageTrend, unit: FeatureDescription.trendUnit,
      meaning:
        "Cost of the last \(windowDays) days against the \(windowDays) days before, ln((c + ε)/(c₋₁ + ε)) with ε a twentieth of their mean.",
      missing:
        "The exports have no costs of the two windows or begin inside of them, the costs add up to nothing (credits are taken off), or most lines of the last \(windowDays) days are in another currency than most of both windows.",
      source: "BillingPreTaxTotal, BillingCurrency and their like of billing usage")
  }

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard subscription.usageSpan.reaches(days: 2 * windowDays),
      let costs = subscription.costs(at: customer.context),
      let both = costs.cost(ofWeeks: 2 * windowDays / 7)
    else { return .nan }
    let recent = costs.cost(ofWeeks: windowDays / 7)
    guard both.amount > 0, recent.map({ $0.currency == both.currency }) ?? true else { return .nan }
    let now = min(recent?.amount ?? 0, both.amount)
    let floor = both.amount / 40
    return log((now + floor) / (both.amount - now + floor))
  }
}
