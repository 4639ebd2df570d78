internal import Words

/// The words of features about the rhythm and the course of usage.
enum RhythmReasonText {
  /// - Parameters:
  ///   - feature: its name.
  ///   - value: its value, NaN = unknown.
  /// - Returns: nil when the feature is none of these.
  static func message(_ feature: String, _ value: Double) -> Message? {
    let isKnown = !value.isNaN
    /// A ratio from its logarithm, cut off where nobody would believe it.
    var ratio: Double { exponential(min(value, 20)) }
    func known(_ message: @autoclosure () -> Message, else unknown: MessageKey) -> Message {
      isKnown ? message() : Message(unknown)
    }
    func recent(_ message: @autoclosure () -> Message, days: Double = 91) -> Message {
      isKnown ? message() : Message(.noUsageInWindow, [.windowDays: days])
    }
    switch feature {
    case "gapAgainstUsual":
      guard isKnown else { return Message(.rhythmUnknown) }
      return ratio >= 1.05
        ? Message(.silentTimesUsual, [.times: ratio]) : Message(.notSilentLonger)
    case "gapsAsLong": return known(Message(.gapsAsLong, [.share: value]), else: .rhythmUnknown)
    case "meanGapDays":
      return known(Message(.usedEveryOnAverage, [.days: value]), else: .rhythmUnknown)
    case "activeDaysKnown":
      return known(Message(.usedDaysInAll, [.days: value]), else: .noUsageImported)
    case "activeWeeksKnown":
      return known(Message(.usedWeeksInAll, [.count: whole(value)]), else: .noUsageImported)
    case "expectedSilence28":
      return known(Message(.chanceOfSilence, [.share: value]), else: .noUsageKnown)
    case "activeDayShare":
      return known(Message(.usedShareOfDays, [.share: value]), else: .noUsageKnown)
    case "daysSinceFirstUsage":
      return known(Message(.firstUsed, [.days: value]), else: .noUsageKnown)
    case "shareSinceFirstUsage":
      return known(
        value >= 0.98
          ? Message(.inUseThroughout) : Message(.firstUsedAfterShare, [.share: 1 - value]),
        else: .noUsageKnown)
    case "firstUseDelay":
      return known(
        value < 0
          ? Message(.firstUsedBeforeStart) : Message(.firstUsedAfterStart, [.days: value]),
        else: .firstUseUnknown)
    case "weekendShare91": return recent(Message(.weekendShare, [.share: value]))
    case "usageVariation91":
      return known(Message(.weeklyVariation, [.share: value]), else: .weeklyVariationUnknown)
    case "usageAgainstOwnMedian":
      return known(Message(.lastWeekShare, [.share: ratio]), else: .usualWeekUnknown)
    case "usageAgainstPartner":
      return known(Message(.lastWeekAgainstPartner, [.share: ratio]), else: .lastWeekNotComparable)
    case "lastUseLevel182":
      return known(Message(.lastUseLevel, [.share: ratio]), else: .lastUseLevelUnknown)
    case "regularServices91":
      return known(Message(.regularServices, [.count: whole(value)]), else: .noUsageImported)
    case "cohortServicesMissedKnown": return CohortReasonText.servicesNeverUsed(value)
    case "cohortLevelKnown": return CohortReasonText.usedInAll(value)
    case "lostCategories28":
      return recent(
        value <= 0 ? Message(.allKindsStillUsed) : Message(.kindsLost, [.count: whole(value)]))
    case "storageOnly28":
      return recent(Message(value == 1 ? .onlyStorageLeft : .moreThanStorage), days: 28)
    case "devTestShare91": return recent(Message(.devTestShare, [.share: value]))
    case "regions91":
      return known(Message(.regions, [.count: whole(value)]), else: .regionsUnknown)
    default: return nil
    }
  }
}
