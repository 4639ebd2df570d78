/// The words of features about terms, licences, the customer and the reseller.
enum ContractReasonText {
  /// - Parameters:
  ///   - feature: its name.
  ///   - value: its value, NaN = unknown.
  /// - Returns: nil when the feature is none of these.
  static func text(_ feature: String, _ value: Double) -> String? {
    let isKnown = !value.isNaN
    switch feature {
    case "autoRenewAgainstPartner":
      guard isKnown else { return "Auto-renew is not known of it or of others" }
      // 1 or 0 less a share: its sign tells which of both it was.
      return value > 0
        ? "Renews automatically, unlike \(percent(value)) of the others"
        : "Does not renew automatically, unlike \(percent(-value)) of the others"
    case "daysSinceAutoRenewOff":
      return isKnown
        ? "Auto-renew was switched off \(ago(value))" : "Auto-renew was not seen to switch off"
    case "daysSincePlanChange":
      return isKnown
        ? "Its product or billing cycle changed \(ago(value))"
        : "Its product and billing cycle were not seen to change"
    case "daysSinceSeatChange":
      return isKnown
        ? "Its number of licences changed \(ago(value))" : "Its licences were not seen to change"
    case "seatTrend":
      guard isKnown else { return "Its licences are not known" }
      return value == 0
        ? "Its licences were not seen to change"
        : "The last change of its licences was \(value < 0 ? "a reduction" : "an increase")"
    case "reservedShare91":
      guard isKnown else { return "No usage in the last 91 days" }
      return value <= 0
        ? "No reservation in use"
        : "A reservation pays for \(percent(value)) of its usage lines"
    case "daysToReservationEnd":
      guard isKnown else { return "No reservation with an end" }
      return wholeNumber(value) <= 0
        ? "The customer's reservation ends today"
        : "The customer's first reservation ends in \(days(value))"
    case "siblingsLostShare91":
      return isKnown
        ? "The customer closed \(percent(value)) of its other Azure subscriptions in 91 days"
        : "The customer has no other Azure subscription"
    case "daysSinceSiblingUsage":
      guard isKnown else { return "The customer uses no other Azure subscription" }
      return wholeNumber(value) <= 0
        ? "The customer used another Azure subscription on the last day known"
        : "The customer has used no other Azure subscription for \(days(value))"
    case "resellerLost91":
      return isKnown
        ? "\(percent(value)) of the reseller's other subscriptions were lost in 91 days"
        : "How many subscriptions its reseller lost is not known"
    case "daysSinceTransfer":
      return isKnown ? "Transferred \(ago(value))" : "No transfer is known"
    case "daysSinceResellerSuspension":
      return isKnown
        ? "A subscription of its reseller was last suspended \(ago(value))"
        : "No suspended subscription of its reseller is known"
    case "daysSinceResellerDeprovisioning":
      return isKnown
        ? "A subscription of its reseller was last deprovisioned \(ago(value))"
        : "No deprovisioned subscription of its reseller is known"
    case "daysSinceFirstResellerLoss":
      return isKnown
        ? "Its reseller first lost a subscription \(ago(value))"
        : "No lost subscription of its reseller is known"
    case "customerReferrals365":
      return isKnown
        ? "\(plural(wholeNumber(value), "referral")) of the customer in the last 365 days"
        : "Referrals of the customer are not known"
    case "marketReferrals91":
      return isKnown
        ? "\(plural(wholeNumber(value), "referral")) from its market in the last 91 days"
        : "Referrals from its market are not known"
    case "marketSearches91":
      return isKnown
        ? "The partner came up in \(wholeNumber(value)) searches from its market in 91 days"
        : "Searches from its market are not known"
    default: return nil
    }
  }
}
