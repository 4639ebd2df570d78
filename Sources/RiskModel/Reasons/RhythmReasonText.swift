/// The words of features about the rhythm and the course of usage.
enum RhythmReasonText {
  /// - Parameters:
  ///   - feature: its name.
  ///   - value: its value, NaN = unknown.
  /// - Returns: nil when the feature is none of these.
  static func text(_ feature: String, _ value: Double) -> String? {
    let isKnown = !value.isNaN
    switch feature {
    case "gapAgainstUsual":
      guard isKnown else { return noRhythm }
      let times = exponential(min(value, 20))
      return times >= 1.05
        ? "Silent for \(number(times)) times as long as is usual for it"
        : "Not silent for longer than is usual for it"
    case "gapsAsLong":
      return isKnown
        ? "Of its past gaps \(percent(value)) were at least as long as the present one" : noRhythm
    case "meanGapDays":
      return isKnown ? "Used every \(days(value)) on average" : noRhythm
    case "activeDaysKnown":
      return isKnown ? "Used on \(days(value)) in all" : "The history holds no usage"
    case "activeWeeksKnown":
      return isKnown
        ? "Used in \(plural(wholeNumber(value), "week")) in all" : "The history holds no usage"
    case "expectedSilence28":
      return isKnown
        ? "At its average pace 28 days without usage have a chance of \(percent(value))" : noUsage
    case "activeDayShare":
      return isKnown ? "Used on \(percent(value)) of the days since its first usage" : noUsage
    case "daysSinceFirstUsage":
      return isKnown ? "First used \(ago(value))" : noUsage
    case "shareSinceFirstUsage":
      guard isKnown else { return noUsage }
      return value >= 0.98
        ? "In use as long as usage is known"
        : "First used after \(percent(1 - value)) of the time of which usage is known"
    case "firstUseDelay":
      guard isKnown else { return "How soon it was first used is not known" }
      return value < 0
        ? "First used before its start" : "First used \(days(value)) after its start"
    case "weekendShare91":
      return isKnown
        ? "Of the days with usage \(percent(value)) are Saturdays or Sundays" : noRecentUsage
    case "usageVariation91":
      return isKnown
        ? "Its weekly usage varies by \(percent(value)) around its mean"
        : "Too few weeks of usage to know how it varies"
    case "usageAgainstOwnMedian":
      return isKnown
        ? "Last week's usage was \(percent(exponential(min(value, 20)))) of its usual week"
        : "Too few weeks of usage to know a usual week"
    case "usageAgainstPartner":
      return isKnown
        ? "Last week's usage was \(percent(exponential(min(value, 20)))) of what its usual week "
          + "and everyone's change lead to expect"
        : "Too little usage to compare last week's change with everyone's"
    case "regularServices91":
      return isKnown
        ? "\(plural(wholeNumber(value), "service")) used on several of the last 91 days"
        : "The history holds no usage"
    case "lostCategories28":
      guard isKnown else { return noRecentUsage }
      return value <= 0
        ? "Still uses every kind of service it used before"
        : "\(plural(wholeNumber(value), "kind")) of service used before, not in the last 28 days"
    case "storageOnly28":
      guard isKnown else { return "No usage in the last 28 days" }
      return value == 1
        ? "Only storage is left of what was used before" : "Uses more than what is left in storage"
    case "devTestShare91":
      return isKnown
        ? "Of its usage lines \(percent(value)) are for development and tests" : noRecentUsage
    case "regions91":
      return isKnown
        ? "Used in \(plural(wholeNumber(value), "region"))" : "Its regions are not known"
    case "costTrend28", "costTrend91":
      let window = feature == "costTrend28" ? 28 : 91
      guard isKnown else { return "Costs of the last \(2 * window) days are not known in full" }
      return "Cost of the last \(window) days is \(percent(exponential(min(value, 20)))) "
        + "of the \(window) before"
    default: return nil
    }
  }

  private static let noUsage = "No usage known"
  private static let noRhythm = "Too little usage to know its rhythm"
  private static let noRecentUsage = "No usage in the last 91 days"
}
