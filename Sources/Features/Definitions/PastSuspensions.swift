internal import History

/// How often the subscription was suspended and came back.
struct PastSuspensions: Feature {
  let description = FeatureDescription(
    "pastSuspensions", .renewal, unit: "count",
    meaning: "Times the subscription was seen to become suspended.",
    missing: "Not observed yet.",
    source: "status over the observations")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard subscription.isObserved else { return .nan }
    var count = 0
    var wasSuspended = false
    for observation in subscription.observations {
      switch subscription.states[observation.state].status {
      case .suspended:
        if !wasSuspended { count += 1 }
        wasSuspended = true
      case .active, .deprovisioned: wasSuspended = false
      // A status nobody can read neither begins nor ends a suspension.
      case .unknown: continue
      }
    }
    return Double(count)
  }
}
