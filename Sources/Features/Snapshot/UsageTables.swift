internal import History

/// Lines of one subscription, and what is put together of them once for all the days that look at them.
final class UsageTables: Sendable {
  let usage: DailyUsage
  let meters: SubscriptionMeters
  /// The rhythm of the first k active days, for every k; empty where no snapshots share the tables.
  let rhythms: [UsageRhythm]
  /// The lines by service.
  let services: ServiceLines?
  private let weeks: [UsageWeeks]
  /// Whether weeks tell of places.
  private let hasPlaces: Bool

  /// - Parameters:
  ///   - usage: the lines.
  ///   - meters: of the subscription.
  ///   - sharedWeeks: the weeks that many landmarks look at.
  ///   - isForSnapshots: whether what only snapshots ask for is there.
  init(
    _ usage: DailyUsage, _ meters: SubscriptionMeters, _ sharedWeeks: SharedWeeks,
    isForSnapshots: Bool
  ) {
    (self.usage, self.meters) = (usage, meters)
    hasPlaces = isForSnapshots
    rhythms = isForSnapshots ? UsageRhythm.ofPrefixes(usage.days) : []
    services = isForSnapshots ? ServiceLines(usage, meters) : nil
    weeks = sharedWeeks.spans.filter {
      Self.isWorthSharing($0, usage, meters, hasPlaces: isForSnapshots)
    }.map {
      UsageWeeks(
        usage, dayCount: usage.days.count, meters, $0, hasPlaces: isForSnapshots)
    }
  }

  /// Whether all weeks of a span are not much more than its lines: where they are, each landmark has weeks of
  /// its own, which are the same to the bit.
  private static func isWorthSharing(
    _ span: WeekSpan, _ usage: DailyUsage, _ meters: SubscriptionMeters, hasPlaces: Bool
  ) -> Bool {
    let sums =
      span.count * ((hasPlaces ? meters.numbers.count : 0) + meters.services.count)
    return sums <= max(fewSums, sumsOfALine * usage.places.count)
  }

  private static let fewSums = 8_192
  private static let sumsOfALine = 32

  /// Lines that only one landmark looks at.
  ///
  /// - Parameters:
  ///   - usage: the lines.
  ///   - shared: of the other landmarks.
  init(ofOneLandmark usage: DailyUsage, besides shared: UsageTables) {
    (self.usage, meters, hasPlaces) = (usage, shared.meters, shared.hasPlaces)
    (rhythms, services, weeks) = ([], nil, [])
  }

  /// The weeks up to the one that ends on a day.
  ///
  /// - Parameters:
  ///   - last: the last day whose usage counts.
  ///   - dayCount: how many of the days are not later.
  /// - Returns: shared ones where many landmarks look at them, else those of one landmark.
  func weeks(through last: CalendarDay, dayCount: Int) -> WeeksBack {
    for weeks in weeks {
      if let week = weeks.span.week(endingOn: last) { return WeeksBack(all: weeks, last: week) }
    }
    let span = WeekSpan(through: last, from: last)
    return WeeksBack(
      all: UsageWeeks(usage, dayCount: dayCount, meters, span, hasPlaces: hasPlaces),
      last: span.count - 1)
  }
}

/// The weeks of one subscription up to one of them.
struct WeeksBack: Sendable {
  let all: UsageWeeks
  /// The number of the last week that counts, at least 25.
  let last: Int

  /// Days with usage in the last `weeks` weeks, 1 … 26.
  func activeDays(ofWeeks weeks: Int) -> Int32 {
    all.counts[last + 1].days - all.counts[last + 1 - weeks].days
  }
}
