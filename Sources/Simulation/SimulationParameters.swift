package import History

/// Everything that decides what a simulated partner looks like.
///
/// The first six say how much is simulated; the rest describe the world and are meant to be read:
/// each names its unit, its range and the reason for its default. `Share` is a fraction of 1,
/// `PerWeek` the probability that it happens to one subscription (or customer) in one week.
/// Same parameters, same bytes. Departure parameters are explained in `DepartureProcess`.
package struct SimulationParameters: Sendable, Hashable {
  // MARK: - Size

  /// Azure subscriptions that exist at some time; 1 … 1,000,000.
  ///
  /// No default: the user's choice.
  package var subscriptions: Int
  /// Weekly exports per partner tenant; 1 … 520.
  ///
  /// No default: the user's choice.
  package var weeks: Int
  /// Chooses one of 2⁶⁴ partners.
  ///
  /// Default 1.
  package var seed: UInt64 = 1
  /// Day of the last export, 2010-01-01 … 2099-12-31.
  ///
  /// Default Monday 2026-11-16, never the clock's.
  package var asOf = CalendarDay(daysSinceEpoch: 20_773)
  /// Partner tenants, 1 or 2.
  ///
  /// Default 2: the second one exports on another weekday, five days earlier (Wednesday for Monday).
  ///
  /// The documented rows have no field for the exporting partner. With two tenants every row carries
  /// `partnerTenantId`, which the importer takes as the source, so that one folder holds both. With
  /// one tenant the field is absent, the rows are exactly the documented ones, and the importer
  /// calls the source `default`.
  package var sources = 2
  /// Share of customers that belong to the second tenant, 0 … 0.5.
  ///
  /// Default 0.2: a daughter company.
  package var secondSourceShare = 0.2

  // MARK: - Customers

  /// Rate at which customers start, per year, 0 … 2.
  ///
  /// 1 − exp(−rate · years) of them start between the first and the last export. Default 0.4: in a
  /// year and a half almost half, so that the partner grows in spite of its losses.
  package var startsPerYearShare = 0.4
  /// Mean age in weeks of the customers that exist at the first export, 1 … 520.
  ///
  /// Default 110: ages are exponential with a mean of two years, at most eight.
  package var meanAgeWeeks = 110.0
  /// Relative number of customers with 1, 2, … 8 Azure subscriptions.
  ///
  /// Eight weights of at least 0. Default: half have one, the mean is 2.3, a few run many.
  package var subscriptionsPerCustomer = [52.0, 20, 10, 7, 4, 3, 2, 2]
  /// Share of customers that also have Office or Microsoft 365 rows, 0 … 1.
  ///
  /// Default 0.45: such rows are in every real export and are never scored.
  package var officeShare = 0.45
  /// Share of the partner's own and test tenants among customers, 0 … 0.5.
  ///
  /// Default 0.015: few, but their many short-lived subscriptions mislead whoever trains on them.
  package var internalShare = 0.015
  /// Share of customers that are renamed once while exports are taken, 0 … 1.
  ///
  /// Default 0.04: enough that a small demo has one.
  package var renamedShare = 0.04
  /// Every so-many-th customer has a hostile name, 1 … 1,000,000.
  ///
  /// Default 61: about twenty among 3,000 subscriptions, each of the eleven names at least once.
  package var hostileNameEvery = 61

  // MARK: - Contracts

  /// Share of subscriptions that begin as a 30-day trial, 0 … 1.
  ///
  /// Default 0.12: trials of Azure are rare.
  package var trialShare = 0.12
  /// Share of used trials that convert, 0 … 1.
  ///
  /// Default 0.6. Trials that are not used at all convert a third as often.
  package var trialConversionShare = 0.6
  /// Relative number of subscriptions without end, of P1M, P1Y and P3Y.
  ///
  /// Four weights of at least 0. Default 55, 10, 27, 8: the Azure plan has no end, the others are
  /// bought by the year more often than by the month.
  package var commitmentShares = [55.0, 10, 27, 8]
  /// Share of committed subscriptions bought for one term only, 0 … 1.
  ///
  /// Default 0.06. They end normally, which is not churn, and have auto-renew off from the start.
  package var fixedTermShare = 0.06
  /// Share of subscriptions whose auto-renew is off without any meaning, 0 … 1.
  ///
  /// Default 0.05: an update that leaves the field out switches it off by accident.
  package var meaninglessOffShare = 0.05

  // MARK: - Departure, see `DepartureProcess`

  /// Probability that a subscription of average risk begins to fade, 0 … 0.1.
  ///
  /// Default 0.0026: with everything else, 17 % of the active subscriptions leave in a year.
  package var fadePerWeek = 0.0026
  /// Probability that a subscription of average risk leaves without any fading, 0 … 0.1.
  ///
  /// Default 0.0001: some departures have no warning, but they must not be the rule.
  package var suddenPerWeek = 0.0001
  /// Probability that a fading subscription recovers, 0 … 1.
  ///
  /// Default 0.05: about every third one that begins to fade stays after all.
  package var recoveryPerWeek = 0.05
  /// Standard deviation of the part of the log risk that nothing in the exports explains, 0 … 2.
  ///
  /// Default 0.2: together with the hidden states it keeps a model below what the generator knows.
  package var hiddenRiskSpread = 0.2
  /// Probability that a customer begins to wind everything down, 0 … 0.1.
  ///
  /// Default 0.001: one in twenty customers in a year; its subscriptions leave one after another.
  package var windDownPerWeek = 0.001
  /// Probability that a customer that winds down changes its mind, 0 … 1.
  ///
  /// Default 0.02: after a year on average.
  package var windUpPerWeek = 0.02
  /// Probability that a subscription of average risk is suspended for non-payment, 0 … 0.1.
  ///
  /// Default 0.0006: 3 % a year, and more where the risk is higher.
  package var nonPaymentPerWeek = 0.0006
  /// Share of subscriptions suspended for non-payment that never pay and leave, 0 … 1.
  ///
  /// Default 0.25. The others are back after 5 to 28 days, which is not churn.
  package var nonPaymentLostShare = 0.25
  /// Probability of a transfer to another partner, 0 … 0.1.
  ///
  /// Default 0.0004: 2 % a year vanish from the exports without a word.
  package var transferPerWeek = 0.0004
  /// Share of leavers that are suspended 30–90 days before they are deprovisioned, 0 … 1.
  ///
  /// Default 0.3. The others are deprovisioned at once.
  package var suspendedFirstShare = 0.3

  // MARK: - Usage

  /// Share of subscriptions that are never used, 0 … 1.
  ///
  /// Default 0.07: bought and forgotten.
  package var neverUsedShare = 0.07
  /// Probability of an idle spell of 1–6 weeks that means nothing, 0 … 0.1.
  ///
  /// Default 0.003, twice that for development: the end of usage is not always the end.
  package var idlePerWeek = 0.003
  /// Standard deviation of the logarithm of a quantity from day to day, 0 … 2.
  ///
  /// Default 0.25: a quarter more or less on an ordinary day.
  package var dailyNoise = 0.25

  // MARK: - Reporting

  /// Relative number of usage lines available after 1, 2, 3 and 4 days.
  ///
  /// Four weights of at least 0. Default 35, 42, 18, 5: 95 % within three days.
  package var delayShares = [35.0, 42, 18, 5]
  /// Share of lines that come 5–20 days late, 0 … 1.
  ///
  /// Default 0.01: regions and meters that report when they can.
  package var lateShare = 0.01
  /// Share of lines whose quantity is corrected two or three exports later, 0 … 1.
  ///
  /// Default 0.004: the past changes now and then.
  package var restatedShare = 0.004
  /// Share of lines sent twice, in the same or in the next export, 0 … 1.
  ///
  /// Default 0.002: rare, and yet a sum over files would be wrong.
  package var duplicateShare = 0.002
  /// Days of usage before the first export that it still brings, 0 … 182.
  ///
  /// Default 91: a first download reaches back a quarter. The simulated past is 182 days long.
  package var usageBackfillDays = 91
  /// Share of used subscriptions whose `lastUsageDate` is null all the same, 0 … 1.
  ///
  /// Default 0.02: null may mean "not reported".
  package var lastUsageDateMissingShare = 0.02
  /// Share of rows with Microsoft's own `churnRisk` where it is High or Medium, 0 … 1.
  ///
  /// Default 0.35. Elsewhere the row has no such key, as in the only documented Azure row.
  package var churnRiskShare = 0.35
  /// Days that a deprovisioned row is still listed, 7 … 3,650.
  ///
  /// Default 180: long enough to be seen, not for ever.
  package var deprovisionedListedDays = 180

  /// The default world of this size.
  package init(subscriptions: Int, weeks: Int) {
    self.subscriptions = subscriptions
    self.weeks = weeks
  }
}
