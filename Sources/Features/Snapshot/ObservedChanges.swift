internal import History

/// What the observations of a subscription tell up to one of them, added up in order.
///
/// Values that an export leaves out are passed over: they neither are nor end anything.
struct ObservedChanges: Sendable {
  /// When the present product, billing cycle and number of seats were first shown, each where another
  /// was shown before.
  var productChangedOn: CalendarDay? { product.changedOn }
  var billingCycleChangedOn: CalendarDay? { billingCycle.changedOn }
  var seatsChangedOn: CalendarDay? { seats.changedOn }
  /// The number of seats before the present one; nil when it was always the same.
  var seatsBefore: Int? { seats.before }

  /// The first observation of the present spell without auto-renew, when it was on before that.
  var autoRenewSwitchedOffOn: CalendarDay? { wasRenewing ? autoRenewOffSince : nil }
  /// How often it was seen to become suspended; a status nobody can read neither begins nor ends that.
  private(set) var suspensions = 0
  /// The first of the observations, in a row up to this one, of this one's status; a status nobody can read
  /// neither begins nor ends that, and where it is the newest the one before it counts.
  private(set) var sameStatusSince: CalendarDay?
  /// The first of the observations, in a row up to this one, that showed it as deprovisioned, passing over
  /// those of a status nobody can read; nil when the newest of a readable one does not.
  private(set) var deprovisionedSince: CalendarDay?
  /// The newest `lastUsageDate` that a row has shown, at most the day of that row.
  private(set) var reportedLastUsage: CalendarDay?

  private var product = Run<String>()
  private var billingCycle = Run<String>()
  private var seats = Run<Int>()
  private var wasRenewing = false
  private var autoRenewOffSince: CalendarDay?
  private var wasSuspended = false
  private var status: SubscriptionStatus?

  /// Adds the next observation.
  mutating func add(_ observation: Observation, _ facts: StateFacts) {
    let (day, state) = (observation.day, facts.state)
    product.add(facts.product, on: day)
    billingCycle.add(facts.billingCycle, on: day)
    seats.add(state.licenseCount, on: day)
    switch state.autoRenewEnabled {
    case true?: (wasRenewing, autoRenewOffSince) = (true, nil)
    case false?: autoRenewOffSince = autoRenewOffSince ?? day
    case nil: break
    }
    switch state.status {
    case .suspended:
      if !wasSuspended { suspensions += 1 }
      wasSuspended = true
    case .active, .deprovisioned: wasSuspended = false
    case .unknown: break
    }
    var isReadable = true
    if case .unknown = state.status { isReadable = false }
    if isReadable, status != state.status { (status, sameStatusSince) = (state.status, day) }
    if state.isDeprovisioned(on: day) {
      deprovisionedSince = deprovisionedSince ?? day
    } else if isReadable {
      deprovisionedSince = nil
    }
    // No row can tell of usage after the day it was exported on; an export can leave the field out.
    if let last = observation.lastUsageDate { reportedLastUsage = min(last, day) }
  }

  /// The present value of a field and since when it is shown.
  private struct Run<Value: Equatable & Sendable>: Sendable {
    private(set) var before: Value?
    private(set) var changedOn: CalendarDay?
    private var present: Value?

    mutating func add(_ value: Value?, on day: CalendarDay) {
      guard let value, value != present else { return }
      if present != nil { (before, changedOn) = (present, day) }
      present = value
    }
  }
}
