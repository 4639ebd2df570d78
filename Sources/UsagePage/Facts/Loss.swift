internal import Features
package import History

/// A subscription became suspended or deprovisioned.
///
/// Dates are those of `contract`: deprovisioned on `deprovisionedDate`, else on the first export that shows it;
/// suspended on the first export that shows it. What the first row of all shows without a date is no event:
/// nobody knows when it was.
package struct Loss: Sendable, Hashable {
  package enum Kind: String, Sendable { case suspended, deprovisioned }

  /// The day that it counts on.
  package let day: CalendarDay
  package let kind: Kind
  /// When an export showed the subscription active again.
  package var returnedOn: CalendarDay?
  /// Whether it was a trial that had not become paid by then.
  package let isUnpaidTrial: Bool

  /// A suspension that ends so soon was none, as the definition of churn has it; days.
  package static let graceDays = 30

  /// A suspension from which the subscription was back within 30 days.
  package var isUndone: Bool {
    kind == .suspended && returnedOn.map { $0 - day <= Self.graceDays } ?? false
  }
}

/// When a subscription was active, as its exports tell.
struct Activity: Sendable, Hashable {
  /// The first day of the first spell; nil where it was closed when first seen and nobody knows since when.
  private(set) var activeFrom: CalendarDay?
  private(set) var losses: [Loss] = []
  /// Closed from the first day to the day before the second; nil = still closed.
  private(set) var closures: [(from: CalendarDay, until: CalendarDay?)] = []

  /// - Parameter history: cut at the day on which one looks.
  init(_ history: SubscriptionHistory) {
    guard let first = history.observations.first else { return }
    let firstState = history.states[first.state]
    let start = firstState.startDate.map { min($0, first.day) } ?? first.day
    let isClosedUndated = firstState.isClosedUndated(on: first.day)
    // A status that nobody can read is not known to be active.
    let isUnreadable =
      if case .unknown = firstState.status { !firstState.isDeprovisioned(on: first.day) } else {
        false
      }
    activeFrom = isClosedUndated || isUnreadable ? nil : start
    var spells = ClosedSpells()
    for (index, observation) in history.observations.enumerated() {
      let state = history.states[observation.state]
      let beginning = spells.enter(state, on: observation.day)
      guard let beginning else {
        if state.status == .active, !state.isDeprovisioned(on: observation.day) {
          reopen(on: observation.day)
        }
        continue
      }
      // The row of all that came first, without a date: since when, nobody knows.
      if index == 0, isClosedUndated {
        closures.append((from: start, until: nil))
        continue
      }
      let (day, kind): (CalendarDay, Loss.Kind) =
        switch beginning {
        case .suspended: (observation.day, .suspended)
        case .deprovisioned(let day): (day, .deprovisioned)
        }
      losses.append(
        Loss(day: day, kind: kind, isUnpaidTrial: state.endedUnconverted(by: day)))
      // A date that is told late can lie before the suspension that was seen before it.
      if let last = closures.last, last.until == nil {
        closures[closures.count - 1].from = min(last.from, day)
      } else {
        closures.append((from: day, until: nil))
      }
    }
  }

  private mutating func reopen(on day: CalendarDay) {
    if activeFrom == nil { activeFrom = day }
    guard let last = closures.last, last.until == nil else { return }
    closures[closures.count - 1].until = day
    for index in losses.indices where losses[index].returnedOn == nil {
      losses[index].returnedOn = day
    }
  }

  /// Whether it was there and not suspended or deprovisioned.
  func isActive(on day: CalendarDay) -> Bool {
    guard let activeFrom, activeFrom <= day else { return false }
    return !closures.contains { $0.from <= day && $0.until.map { day < $0 } ?? true }
  }

  /// Whether it was active on one of the days at least.
  func isActive(in days: ClosedRange<CalendarDay>) -> Bool {
    guard let activeFrom, activeFrom <= days.upperBound else { return false }
    var day = max(activeFrom, days.lowerBound)
    while day <= days.upperBound {
      guard
        let closure = closures.first(where: {
          $0.from <= day && $0.until.map { day < $0 } ?? true
        })
      else { return true }
      guard let until = closure.until else { return false }
      day = until
    }
    return false
  }

  static func == (left: Activity, right: Activity) -> Bool {
    left.activeFrom == right.activeFrom && left.losses == right.losses
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(activeFrom)
    hasher.combine(losses)
  }
}

extension SubscriptionState {
  /// When it was sold: `creationDate`, else `effectiveStartDate`.
  var soldDate: CalendarDay? { creationDate ?? effectiveStartDate }
  /// When it began: `effectiveStartDate`, else `creationDate`.
  var startDate: CalendarDay? { effectiveStartDate ?? creationDate }
}
