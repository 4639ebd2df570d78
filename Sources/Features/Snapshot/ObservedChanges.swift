internal import History

/// What the observations of a subscription tell up to one of them.
///
/// Values that an export leaves out are passed over: they neither are nor end anything.
struct ObservedChanges: Sendable {
  /// When the present product, billing cycle and number of seats were first shown, each where another
  /// was shown before.
  fileprivate(set) var productChangedOn: CalendarDay?
  fileprivate(set) var billingCycleChangedOn: CalendarDay?
  fileprivate(set) var seatsChangedOn: CalendarDay?
  /// The number of seats before the present one; nil when it was always the same.
  fileprivate(set) var seatsBefore: Int?

  /// The first observation of the present spell without auto-renew, when it was on before that and was not
  /// switched off for most of the others as well.
  fileprivate(set) var autoRenewSwitchedOffOn: CalendarDay?
  /// How often it was seen to become suspended; a status nobody can read neither begins nor ends that.
  fileprivate(set) var suspensions = 0
  /// The first of the observations, in a row up to this one, of this one's status; a status nobody can read
  /// neither begins nor ends that, and where it is the newest the one before it counts.
  fileprivate(set) var sameStatusSince: CalendarDay?
  /// The first of the observations, in a row up to this one, that showed it as deprovisioned, passing over
  /// those of a status nobody can read; nil when the newest of a readable one does not.
  fileprivate(set) var deprovisionedSince: CalendarDay?
  /// The newest `lastUsageDate` that a row has shown, at most the day of that row.
  fileprivate(set) var reportedLastUsage: CalendarDay?
}

/// Adds observations up, in their order.
struct ChangeTracker: Sendable {
  /// What all observations so far tell.
  private(set) var changes = ObservedChanges()

  private var product = Run<String>()
  private var billingCycle = Run<String>()
  private var seats = Run<Int>()
  private var wasRenewing = false
  private var autoRenewOffSince: CalendarDay?
  private var wasSuspended = false
  private var status: SubscriptionStatus?
  private var lastFacts: StateFacts?
  private let policySwitches: PolicySwitches?

  /// - Parameter policySwitches: switches that are no decisions; nil takes each for one.
  init(_ policySwitches: PolicySwitches? = nil) { self.policySwitches = policySwitches }

  /// Adds the next observation.
  mutating func add(_ observation: Observation, _ facts: StateFacts) {
    // Most exports show what the one before showed.
    if facts !== lastFacts { addFields(facts, observation) }
    lastFacts = facts
    addClosing(facts, on: observation.day)
    // No row can tell of usage after the day it was exported on; an export can leave the field out.
    if let last = observation.lastUsageDate {
      changes.reportedLastUsage = min(last, observation.day)
    }
  }

  private mutating func addFields(_ facts: StateFacts, _ observation: Observation) {
    let day = observation.day
    product.add(facts.product, on: day)
    billingCycle.add(facts.billingCycle, on: day)
    seats.add(facts.licenseCount, on: day)
    changes.productChangedOn = product.changedOn
    changes.billingCycleChangedOn = billingCycle.changedOn
    (changes.seatsChangedOn, changes.seatsBefore) = (seats.changedOn, seats.before)
    switch facts.autoRenew {
    case true?: (wasRenewing, autoRenewOffSince) = (true, nil)
    case false? where autoRenewOffSince == nil:
      autoRenewOffSince = day
      // What was switched off for everyone is off as though it had never been on.
      if wasRenewing, let policySwitches,
        policySwitches.areShared(by: facts, source: observation.source, on: day)
      {
        wasRenewing = false
      }
    case false?, nil: break
    }
    changes.autoRenewSwitchedOffOn = wasRenewing ? autoRenewOffSince : nil
    guard facts.isStatusReadable else { return }
    if facts.isSuspended, !wasSuspended { changes.suspensions += 1 }
    wasSuspended = facts.isSuspended
    if status != facts.state.status {
      (status, changes.sameStatusSince) = (facts.state.status, day)
    }
  }

  /// Whether it is closed can follow from the day alone.
  private mutating func addClosing(_ facts: StateFacts, on day: CalendarDay) {
    if facts.isDeprovisioned(on: day) {
      changes.deprovisionedSince = changes.deprovisionedSince ?? day
    } else if facts.isStatusReadable {
      changes.deprovisionedSince = nil
    }
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
