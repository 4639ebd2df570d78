package import History
internal import Files

/// When a row enters its list, and when it leaves it.
///
/// ```
///   odds of churn
///     ▲            enters, in whatever band: a deadline within 30 days
///     │  ───────── medium band, where nothing else was asked for twice the average's odds: enters
///     │
///     │  ─ ─ ─ ─ ─ a quarter of that, half the average's: who is below in two lists running leaves
///     └──────────▶ weeks
/// ```
/// The first rows of such a list are those of a list that is cut anew every week: nobody who is at risk waits.
/// `Training/peers/list_changes.py` compares both. Points come in large steps, 35 after 15: where they decide, a
/// row that is barely at risk enters after two weeks.
package struct ListingPolicy: Sendable, Hashable {
  /// A probability that is this many times the one before enters at once; > 1.
  package var jump = 2.0
  /// Where points decide, a row with at least this many times the medium band's does not wait; ≥ 1.
  package var entryPointShare = 1.1
  /// A listed row stays while its odds are at least this share of the medium band's, and one list longer.
  ///
  /// Who enters at twice the average's odds and leaves at half of them has to change by a factor of four to do
  /// both; from week to week odds change by a tenth to a half.
  package var exitShare = 0.25
  /// The same where points decide.
  package var exitPointShare = 0.4
  /// Weeks one after the other are at least this many days apart.
  package var weekDays = 6
  /// A deadline this near enters at once; days.
  package var deadlineDays = 30
  /// How long a row stays away after a contact, in days.
  package var coolDownDays: [ContactOutcome: Int] = [
    .called: 14, .saved: 28, .leaving: 28, .falseAlarm: 56, .snoozed: 14,
  ]
  /// Who is left alone; nil leaves those alone whom the scores say to be.
  package var holdOut: HoldOut?
  /// What the hold-out's limit is compared by where amounts are in other currencies.
  package var rates: ExchangeRates?

  package init() {}

  /// Customers who are left alone to learn what calls are worth: the same ones every week, by the hash of
  /// their tenant.
  package struct HoldOut: Sendable, Hashable {
    /// Share of the customers, in (0, 0.5].
    package var share: Double
    /// Customers with a row worth more than this are never left alone, and neither are those of whom that
    /// is not known: with a row whose value is no cost, or none in the limit's currency.
    package var greatestValue: Double
    /// Of the limit, `USD`; nil is the currency of the rates, without rates the only one that the
    /// partner's costs are in.
    package var currency: String?

    package init(share: Double, greatestValue: Double, currency: String? = nil) {
      self.share = share
      self.greatestValue = greatestValue
      self.currency = currency?.uppercased()
    }

    /// Whether the customer falls into the share.
    ///
    /// The first 53 bits of the SHA-256 of the tenant are a number in [0, 1).
    func includes(customer tenant: String) -> Bool {
      let digits = sha256(Array("hold-out:\(tenant.lowercased())".utf8)).prefix(14)
      guard let bits = UInt64(digits, radix: 16) else { return false }
      return Double(bits >> 3) / Double(UInt64(1) << 53) < share
    }
  }
}
