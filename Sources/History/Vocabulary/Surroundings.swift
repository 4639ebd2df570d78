// What surrounds the subscriptions, as far as features use it.
//
// Rows of such exports carry dates of their own, and the exports overlap: each fact stands here once,
// with the day since which it was known. Before the first export of its kind that is its own date, as
// for the dated facts of subscriptions; later it is the first export that shows it.

/// What is known of a reseller by one export of the indirect resellers.
package struct ResellerRecord: Sendable, Hashable {
  /// The observation day of the export.
  package var knownOn: CalendarDay
  /// As `partnerId` of subscriptions.
  package var id: String
  package var firstSuspended: CalendarDay?
  package var latestSuspended: CalendarDay?
  package var firstDeprovisioned: CalendarDay?
  package var latestDeprovisioned: CalendarDay?

  /// A reseller as one export shows it.
  package init(knownOn: CalendarDay, id: String) {
    self.knownOn = knownOn
    self.id = id
  }
}

/// A referral, or a search in which the partner came up.
package struct MarketRecord: Sendable, Hashable {
  /// Since when it is known; not before `day`.
  package var knownOn: CalendarDay
  /// When it happened.
  package var day: CalendarDay
  /// The country or region of the customer.
  package var market: String?
  /// As written; nil for searches.
  package var customerName: String?

  /// A record that was known from a day on.
  package init(
    knownOn: CalendarDay, day: CalendarDay, market: String?, customerName: String? = nil
  ) {
    self.knownOn = knownOn
    self.day = day
    self.market = market
    self.customerName = customerName
  }
}

/// Events, resellers, referrals and searches.
package struct Surroundings: Sendable, Hashable {
  /// Logs are kept day by day: an event is known on its day.
  package var events: [Event] = []
  /// In any order.
  package var resellers: [ResellerRecord] = []
  /// In any order.
  package var referrals: [MarketRecord] = []
  /// In any order.
  package var searches: [MarketRecord] = []

  /// Nothing.
  package init() {}

  /// What of it was known on a day.
  package func known(on day: CalendarDay) -> Surroundings {
    var known = Surroundings()
    known.events = events.filter { $0.day <= day }
    known.resellers = resellers.filter { $0.knownOn <= day }
    known.referrals = referrals.filter { $0.knownOn <= day }
    known.searches = searches.filter { $0.knownOn <= day }
    return known
  }
}
