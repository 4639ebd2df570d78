internal import Words

/// The words of auto-renew: off or on, since when, and whether that is usual at this partner.
enum AutoRenewReasonText {
  /// - Parameters:
  ///   - feature: its name.
  ///   - value: its value, NaN = unknown.
  ///   - values: the row.
  /// - Returns: nil when the feature is none of these.
  static func message(
    _ feature: String, _ value: Double, _ values: ReasonText.Values
  ) -> Message? {
    switch feature {
    case "autoRenew":
      guard !value.isNaN else { return Message(.autoRenewUnknown) }
      guard value == 0 else { return Message(.autoRenewOn) }
      // Where it was seen to switch off, that feature tells what is usual.
      guard !(values("autoRenewSwitchedOff") > 0), let share = partnerShare(values) else {
        return Message(.autoRenewOff)
      }
      return Message(.autoRenewOffUnlikePartner, [.partnerShare: share])
    case "autoRenewSwitchedOff":
      guard !value.isNaN else { return Message(.autoRenewUnknown) }
      guard value > 0 else { return Message(.notSwitchedOff) }
      // The value is exp(−days/91).
      return switchedOff((-91 * naturalLogarithm(value)).rounded(), values)
    case "daysSinceAutoRenewOff":
      return value.isNaN ? Message(.switchNotSeen) : switchedOff(value, values)
    case "autoRenewAgainstPartner": return comparison(value, isOn: values("autoRenew"))
    default: return nil
    }
  }

  private static func switchedOff(_ days: Double, _ values: ReasonText.Values) -> Message {
    // −ln 1 is −0, which would be written with its sign.
    let days = days == 0 ? 0 : days
    guard let share = partnerShare(values) else { return Message(.switchedOff, [.days: days]) }
    return Message(.switchedOffUnlikePartner, [.days: days, .partnerShare: share])
  }

  /// How many of the partner's others renew, of a subscription that does not; nil when that is unknown
  /// or none does.
  private static func partnerShare(_ values: ReasonText.Values) -> Double? {
    let difference = values("autoRenewAgainstPartner")
    return difference < 0 ? -difference : nil
  }

  /// 1 or 0 less the share of the others that renew; 0 where all do the same as it.
  private static func comparison(_ value: Double, isOn: Double) -> Message {
    guard !value.isNaN else { return Message(.autoRenewNotComparable) }
    if value > 0 { return Message(.autoRenewOnUnlikePartner, [.share: value]) }
    if value < 0 { return Message(.autoRenewOffUnlikePartner, [.partnerShare: -value]) }
    return Message(isOn == 0 ? .autoRenewOffLikePartner : .autoRenewOnLikePartner)
  }
}
