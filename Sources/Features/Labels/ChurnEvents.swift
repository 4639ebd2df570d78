package import History

/// What happened to one subscription, as far as the exports up to `knownThrough` show it.
///
/// ```
///   ACTIVE   SUSPENDED  ACTIVE   SUSPENDED   SUSPENDED   DEPROVISIONED (deprovisionedDate: ▲)   ACTIVE
///   ──┼──────────┼────────┼──────────┼─────▲─────┼──────────────┼──────────────────────────────────┼──▶
///             undone by a            event │                                         a new spell begins
///           return in grace                └ the deprovisioning counts on its own, earlier day
/// ```
/// Each closed spell has one event, a suspended spell that is then deprovisioned one more. A row that
/// shows ACTIVE again ends the spell, so that what follows is judged like the first time.
///
/// Unlike a snapshot this looks at a whole stretch of time: it makes labels, never features.
///
/// The first event after a landmark decides. When it is a competing one (a transfer or migration from
/// an exclusions file, a trial that never paid), later churn is none: the subscription had already
/// left in another way. Vanishing and a silent end leave no event at all, and a later row that does
/// show the end confirms it. A transfer is often written down some days after the end that it explains:
/// dated within a closed spell and at most `explainedWithinDays` after its beginning, it counts from there.
package struct ChurnEvents: Sendable {
  private struct Event {
    let day: CalendarDay
    let isCompeting: Bool
  }

  /// A transfer that is dated later than this many days after an end does not explain it.
  static let explainedWithinDays = 30

  /// By day; of one day the competing ones first, since a transfer explains the end it brings.
  private let events: [Event]

  /// The first row, where it shows the subscription closed and no date says since when; else nil.
  ///
  /// Whoever was closed when first looked at was closed at some time before: that is no event of the
  /// first export, and on earlier days nobody can say how the subscription stood.
  let closedUndatedOn: CalendarDay?

  /// - Parameters:
  ///   - history: the subscription's.
  ///   - departures: the days on which the subscription left in another way.
  ///   - definition: what counts as churn.
  ///   - knownThrough: the day from which one looks back; later observations do not exist.
  package init(
    of history: SubscriptionHistory, departures: [CalendarDay] = [], definition: ChurnDefinition,
    knownThrough: CalendarDay
  ) {
    let observations = history.observations.prefix { $0.day <= knownThrough }
    var events: [Event] = []
    var spells = ClosedSpells()
    var closed: [ClosedSpell] = []
    func follow(_ state: SubscriptionState, at index: Int) {
      let observation = observations[index]
      let churn: CalendarDay?
      let beginning = spells.enter(state, on: observation.day)
      closed.follow(beginning, of: state, on: observation.day)
      switch beginning {
      case .suspended? where definition.events.contains(.suspended):
        let back = Self.returnDay(in: observations[(index + 1)...], history.states)
        let isUndone = back.map { $0 - observation.day <= definition.reactivationGraceDays }
        churn = isUndone ?? false ? nil : observation.day
      case .deprovisioned(let day)? where definition.events.contains(.deprovisioned):
        churn = day
      default: churn = nil
      }
      guard let churn else { return }
      // A trial that never became paid was never a customer's subscription.
      let neverPaid = !definition.trialNeverPaidIsChurn && state.endedUnconverted(by: churn)
      events.append(Event(day: churn, isCompeting: neverPaid))
    }
    var index = observations.startIndex
    while index < observations.endIndex {
      // Many exports in a row show the same.
      let number = observations[index].state
      let state = history.states[number]
      repeat {
        follow(state, at: index)
        index += 1
      } while index < observations.endIndex && observations[index].state == number
    }
    events += departures.map { day in
      Event(day: closed.first { $0.isExplained(on: day) }?.from ?? day, isCompeting: true)
    }
    self.events = events.sorted {
      ($0.day, $0.isCompeting ? 0 : 1) < ($1.day, $1.isCompeting ? 0 : 1)
    }
    closedUndatedOn = observations.first.flatMap { first in
      history.states[first.state].isClosedUndated(on: first.day) ? first.day : nil
    }
  }

  /// The first churn event after `landmark`, or nil when none was seen or something else came first.
  ///
  /// A deprovisioning that only a later export dates on or before the landmark lies outside of every
  /// window of that landmark.
  package func firstChurn(after landmark: CalendarDay) -> CalendarDay? {
    firstEnd(after: landmark).flatMap { $0.isChurn ? $0.day : nil }
  }

  /// The first event after `landmark`, churn or another; nil when none was seen.
  func firstEnd(after landmark: CalendarDay) -> (day: CalendarDay, isChurn: Bool)? {
    events.first { $0.day > landmark }.map { ($0.day, !$0.isCompeting) }
  }

  /// Whether the subscription left in another way after `landmark` and up to `end`, before any churn.
  func leftOtherwise(after landmark: CalendarDay, through end: CalendarDay) -> Bool {
    firstEnd(after: landmark).map { !$0.isChurn && $0.day <= end } ?? false
  }

  /// The first of the later observations that shows the subscription active again.
  private static func returnDay(
    in later: ArraySlice<Observation>, _ states: [SubscriptionState]
  ) -> CalendarDay? {
    for observation in later {
      let state = states[observation.state]
      if state.isDeprovisioned(on: observation.day) { return nil }
      if state.status == .active { return observation.day }
    }
    return nil
  }
}

/// A stretch of time in which a subscription was suspended, deprovisioned, or one after the other.
private struct ClosedSpell {
  let from: CalendarDay
  /// The row that shows it active again; nil when none does.
  var until: CalendarDay?

  func isExplained(on day: CalendarDay) -> Bool {
    from <= day && day - from <= ChurnEvents.explainedWithinDays && until.map { day < $0 } ?? true
  }
}

extension [ClosedSpell] {
  /// Takes the next row and what begins with it.
  fileprivate mutating func follow(
    _ beginning: ClosedSpells.Beginning?, of state: SubscriptionState, on day: CalendarDay
  ) {
    let isClosed = last.map { $0.until == nil } ?? false
    switch beginning {
    case .suspended?: append(ClosedSpell(from: day))
    case .deprovisioned(let dated)?:
      // What was suspended before may be dated earlier than it was seen.
      if isClosed, let suspended = popLast() {
        append(ClosedSpell(from: Swift.min(suspended.from, dated)))
      } else {
        append(ClosedSpell(from: dated))
      }
    case nil: if isClosed, state.status == .active { self[count - 1].until = day }
    }
  }
}
