internal import History

/// What is fixed about a customer before its story begins.
struct CustomerProfile: Sendable {
  /// From 0 in the order of creation; also the number of its stream.
  var number: Int
  /// Index into the partner tenants.
  var tenant: Int
  var reseller: Int
  var market: Market
  /// Upper-case GUID.
  var customerTenantId: String
  var name: String
  /// The name after `renamedOn`.
  var laterName: String
  /// In no export when nil.
  var renamedOn: CalendarDay?
  var internalUse: InternalUse?
  var subscriptions: [SubscriptionProfile]
  var office: [OfficeProfile]

  /// Why the partner itself is the customer.
  enum InternalUse: String, Sendable { case `internal`, test }

  func name(on day: CalendarDay) -> String {
    if let renamedOn, day >= renamedOn { laterName } else { name }
  }
}

/// What is fixed about an Azure subscription.
struct SubscriptionProfile: Sendable {
  var id: GUID
  var productName: String
  var friendlyName: String
  var start: CalendarDay
  /// Milliseconds into the day of creation.
  var creationMilliseconds: Int
  /// Digits of a second written for it: 0 … 3.
  var fractionDigits: Int
  var workload: Workload
  /// Length of a term in months: 1, 12 or 36; nil: active until cancelled.
  var termMonths: Int?
  var billingCycleName: String
  /// Bought for one term: ends at its commitment's end, normally.
  var isFixedTerm: Bool
  /// Auto-renew reads off although nobody meant it.
  var isMeaninglesslyOff: Bool
  var trial: Trial?
  /// Log of the weekly risk at rest, relative to an average subscription: all but time's effects.
  var logRisk: Double
  var usage: UsageCourse
  var hidesLastUsageDate: Bool
  /// What Microsoft's own score is off by, in log risk; nil when the row has no `churnRisk`.
  var churnRiskNoise: Double?

  /// A trial of 30 days that begins at `start`.
  struct Trial: Sendable {
    /// Last day of the trial.
    var end: CalendarDay
    /// nil: it never pays.
    var conversion: CalendarDay?
    /// The probability with which `conversion` was drawn.
    var conversionProbability: Double
    /// When it never pays: gone on this day.
    var deprovisioned: CalendarDay
  }

  /// First day of the paid relation; nil when it never comes.
  var paidFrom: CalendarDay? { trial == nil ? start : trial?.conversion }

  /// The last day, inclusive, of the paid term `number` (from 0); nil without commitment.
  func termEnd(_ number: Int) -> CalendarDay? {
    guard let termMonths, let paidFrom else { return nil }
    return paidFrom.adding(months: termMonths * (number + 1)) - 1
  }
}

/// A licence subscription of the same customer; listed, never scored.
struct OfficeProfile: Sendable {
  var id: GUID
  var productName: String
  var subscriptionType: String
  var start: CalendarDay
  var creationMilliseconds: Int
  var licenseCount: Int
  /// Leaves on its own on this day, if ever.
  var deprovisioned: CalendarDay?
}

extension CalendarDay {
  /// The same day of a later month, or that month's last day.
  func adding(months: Int) -> CalendarDay {
    let (year, month, day) = civil
    let index = year * 12 + month - 1 + months
    let (targetYear, targetMonth) = (index / 12, index % 12 + 1)
    let length = CalendarDay.length(ofMonth: targetMonth, year: targetYear)
    // Years stay within 1 … 9999: parameters bound the as-of day, terms are at most 36 months.
    return CalendarDay(year: targetYear, month: targetMonth, day: min(day, length)) ?? self
  }
}
