internal import History

/// How many different meters were used: a customer who builds on Azure uses more and more of them.
struct DistinctMeters: Feature {
  let windowDays: Int

  /// - Parameter windowDays: 28 or 91.
  init(windowDays: Int) {
    precondition([28, 91].contains(windowDays), "DistinctMeters: no window of \(windowDays) days")
    self.windowDays = windowDays
  }

  var description: FeatureDescription {
    FeatureDescription(
      "distinctMeters\(windowDays)", .usageTrend, unit: "count",
      meaning: "Different meters with usage in the last \(windowDays) days.",
      missing: "The window reaches before the first usage known of the subscription's source.",
      source: "meter fields of usage lines")
  }

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard subscription.usageSpan.reaches(days: windowDays) else { return .nan }
    return Double(
      windowDays <= 28 ? subscription.usage.windows.recentMeters : subscription.usage.windows.meters
    )
  }
}
