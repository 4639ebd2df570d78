internal import Features
package import History
internal import Words

/// A day on which something happens to a subscription by itself, whatever the model thinks of it.
///
/// ```
///   kind                when it is told
///   ──────────────────  ──────────────────────────────────────────────────────────────────
///   trialEnds           a running trial ends within 14 days
///   commitmentEnds      a commitment that does not renew by itself ends within 30 days
///   reservationEnds     a reservation or savings plan of the customer ends within 30 days;
///                       none of them renews by itself
///   unusedNotice        unused for 335 days or more: Microsoft writes after 365 days,
///   unusedBlock         blocks 30 days later
///   unusedDelete        and deletes 90 days after that
///   deletionAfterCancel suspended: what is cancelled is deleted after 90 days
/// ```
/// Never part of the probability. A deadline that has passed is not told.
package struct Deadline: Sendable, Hashable {
  /// The closed list of `deadlines[].kind` in at-risk.json.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case trialEnds, commitmentEnds, reservationEnds
    case unusedNotice, unusedBlock, unusedDelete, deletionAfterCancel
  }

  package var kind: Kind
  package var date: CalendarDay
  /// A sentence without a full stop.
  package var text: String

  static let trialDays = 14
  static let commitmentDays = 30
  static let reservationDays = 30
  /// Unused for this long, the notice is near enough to be told.
  static let unusedDays = 335
  static let noticeAfterDays = 365
  static let blockAfterNoticeDays = 30
  static let deletionAfterBlockDays = 90
  static let deletionAfterCancelDays = 90
}

extension Deadline {
  /// What the deadlines of one subscription follow from, as known on `asOf`.
  struct Facts {
    var asOf: CalendarDay
    /// The last day of a running trial.
    var trialEnd: CalendarDay?
    /// The last day of a commitment that does not renew by itself.
    var commitmentEnd: CalendarDay?
    /// When the customer's first reservation ends.
    var reservationEnd: CalendarDay?
    /// The last day on which it was used, or the day before its usage could be known.
    var lastUsage: CalendarDay?
    /// The last day whose usage is known; a silence is counted up to here.
    var usageThrough: CalendarDay
    /// Since when it is suspended.
    var suspendedSince: CalendarDay?
  }

  /// The deadlines of one subscription, by date, then kind.
  static func all(_ facts: Facts) -> [Deadline] {
    var found: [Deadline] = []
    func add(_ kind: Kind, _ date: CalendarDay?, within days: Int? = nil) {
      guard let date, date >= facts.asOf, days.map({ date - facts.asOf <= $0 }) ?? true,
        let message = Message.deadline(
          kind.rawValue, on: date.description, daysLeft: date - facts.asOf)
      else { return }
      found.append(Deadline(kind: kind, date: date, text: Language.en.text(message)))
    }
    add(.trialEnds, facts.trialEnd, within: trialDays)
    add(.commitmentEnds, facts.commitmentEnd, within: commitmentDays)
    add(.reservationEnds, facts.reservationEnd, within: reservationDays)
    if let last = facts.lastUsage, facts.usageThrough - last >= unusedDays {
      let notice = last + noticeAfterDays
      let block = notice + blockAfterNoticeDays
      add(.unusedNotice, notice)
      add(.unusedBlock, block)
      add(.unusedDelete, block + deletionAfterBlockDays)
    }
    add(.deletionAfterCancel, facts.suspendedSince.map { $0 + deletionAfterCancelDays })
    return found.sorted { ($0.date, order($0.kind)) < ($1.date, order($1.kind)) }
  }

  private static func order(_ kind: Kind) -> Int { Kind.allCases.firstIndex(of: kind) ?? 0 }
}

extension Deadline {
  /// The deadlines of a subscription on the landmark of `customer`.
  static func all(of subscription: KnownSubscription, in customer: CustomerSnapshot)
    -> [Deadline]
  {
    let day = customer.context.asOf
    let state = subscription.state
    let isSuspended = state.status == .suspended && !subscription.isDeprovisioned
    guard !isSuspended else {
      var facts = Facts(asOf: day, usageThrough: subscription.usageSpan.through)
      facts.suspendedSince = subscription.goneSince
      return all(facts)
    }
    guard state.status == .active, !subscription.isDeprovisioned, subscription.absentSince == nil
    else { return [] }
    var facts = Facts(asOf: day, usageThrough: subscription.usageSpan.through)
    if state.trialPhase(on: day) == .running { facts.trialEnd = state.trialEndDate }
    if state.autoRenewEnabled == false { facts.commitmentEnd = state.committedThrough }
    facts.reservationEnd = customer.firstReservationEnd
    if let last = subscription.lastUsageDate {
      facts.lastUsage = last
    } else if let from = subscription.usageSpan.from, let start = subscription.startDate {
      // Never used as far as is known: since its start, or since anybody's usage is known. Usage before that
      // makes the dates the latest possible, which is what the sentences say.
      facts.lastUsage = max(start, from) - 1
    }
    return all(facts)
  }
}
