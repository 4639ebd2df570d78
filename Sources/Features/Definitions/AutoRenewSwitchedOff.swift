internal import Glibc
package import History

/// How fresh a switch from renewing to not renewing is: 1 on the day it was seen, fading to 0.
///
/// exp(−days/91). That auto-renew is off says little where a distributor switched it off for
/// everyone; that it was just switched off for this subscription says more.
struct AutoRenewSwitchedOff: Feature {
  let description = FeatureDescription(
    "autoRenewSwitchedOff", .renewal, unit: "freshness 0 … 1",
    meaning:
      "exp(−days/91) since auto-renew was seen to switch off; 0 when it is on, never changed, or was switched off together with most of the reseller's others.",
    missing: "Not observed yet, or not in the export.",
    source: "autoRenewEnabled over the observations")

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    guard let enabled = subscription.facts.autoRenew else { return .nan }
    guard !enabled, let day = subscription.autoRenewSwitchedOffOn else { return 0 }
    return exp(-Double(customer.context.asOf - day) / 91)
  }
}

extension SubscriptionSnapshot {
  /// The first observation of the present spell without auto-renew, when it was on before that and was not
  /// switched off for most of the others as well.
  package var autoRenewSwitchedOffOn: CalendarDay? { changes.autoRenewSwitchedOffOn }
}
