internal import Glibc
internal import History

/// How likely four weeks without usage are if it goes on at its average pace.
///
/// Days with usage are taken to come at a rate of their own (Poisson) that is drawn from a gamma
/// distribution; one day in 28 is presumed beside what was seen, so that few days are not certain. With
/// x days of usage seen in T days since the first of them, the rate is gamma (x, 28 + T), and none come
/// in 28 days with a chance of ((28 + T)/(28 + T + 28))^x.
///
/// Source: Ehrenberg 1959, The Pattern of Consumer Purchases, https://doi.org/10.2307/2985810
struct ExpectedSilence: Feature {
  let description = FeatureDescription(
    "expectedSilence28", .usageRecency, unit: "share 0 … 1",
    meaning:
      "Chance of no usage in 28 days at the average pace since its first usage: ((28 + T)/(56 + T))^x, x days with usage in T days.",
    missing: "No usage lines.",
    source: "usageDate of usage lines")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard let first = subscription.usage.firstDay else { return .nan }
    let days = Double(subscription.usageSpan.through - first)
    return pow((28 + days) / (56 + days), Double(subscription.usage.activeDayCount))
  }
}
