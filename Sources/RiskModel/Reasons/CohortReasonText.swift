internal import Words

/// The words of features that compare a subscription with others of its product and commitment end.
struct CohortReasonText {
  let days: Int

  /// - Parameters:
  ///   - prefix: the feature's name without the days.
  ///   - value: its value, NaN = unknown.
  /// - Returns: nil when the feature is none of these.
  func message(_ prefix: String, _ value: Double) -> Message? {
    let isKnown = !value.isNaN
    let window = Double(days)
    switch prefix {
    case "cohortLost":
      return isKnown
        ? Message(.alikeLost, [.share: value, .windowDays: window]) : Message(.alikeLostUnknown)
    case "cohortServicesMissed":
      guard isKnown else { return Message(.alikeTooFewToCompare) }
      return wholeNumber(value) <= 0
        ? Message(.alikeUseSameServices)
        : Message(.alikeServicesMissed, [.count: whole(value), .windowDays: window])
    case "cohortSilence":
      guard isKnown else { return Message(.alikeTooFewToCompare) }
      guard value >= 0.05 else { return Message(.alikeUseSameServices) }
      return Message(
        .alikeServicesLeftOut, [.share: max(exponential(-value), 0.01), .windowDays: window])
    case "cohortActiveDays":
      guard isKnown else { return Message(.alikeTooFewToCompare) }
      // What would be shown as 0 days is no difference.
      guard abs(value) >= 0.05 else { return Message(.alikeUsedAsOften, [.windowDays: window]) }
      return Message(
        value < 0 ? .alikeUsedFewerDays : .alikeUsedMoreDays,
        [.days: abs(value), .windowDays: window])
    case "cohortLevel":
      return isKnown
        ? Message(.alikeLevel, [.share: exponential(min(value, 20))])
        : Message(.alikeLevelUnknown, [.windowDays: window])
    default: return nil
    }
  }

  /// The words of `cohortServicesMissedKnown`.
  ///
  /// - Parameter value: NaN = unknown.
  /// - Returns: what the feature tells.
  static func servicesNeverUsed(_ value: Double) -> Message {
    guard !value.isNaN else { return Message(.alikeTooFewToCompare) }
    return wholeNumber(value) <= 0
      ? Message(.alikeUseSameServices) : Message(.alikeServicesNeverUsed, [.count: whole(value)])
  }

  /// The words of `cohortLevelKnown`.
  ///
  /// - Parameter value: NaN = unknown.
  /// - Returns: what the feature tells.
  static func usedInAll(_ value: Double) -> Message {
    guard !value.isNaN else { return Message(.alikeTooFewToCompare) }
    guard abs(value) >= 0.1 else { return Message(.alikeUsedAsMuchInAll) }
    return Message(value < 0 ? .alikeUsedLessInAll : .alikeUsedMoreInAll)
  }
}
