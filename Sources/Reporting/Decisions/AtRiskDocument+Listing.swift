package import History

// Who is on the lists, in steps, each of which can be done anew with other files:
//
//   compare(with:)  what changed                    previous scores
//   decideEntries   who belongs on the list         previous scores
//   note            the last contacts               contacts file or history
//   putAside        who is spared this week         contacts, hold-out
//   convertLosses   what stands first               exchange rates
//   limitLists      whom there is no room for       capacity of each list

extension AtRiskDocument {
  /// Decides for every row whether it belongs on its list, whoever spoke with whom.
  ///
  /// To be called after `compare(with:)`, which knows since when a row has been at risk. Customers whom these
  /// scores leave alone stay so.
  ///
  /// - Parameters:
  ///   - previous: the scores that `compare` was given; nil when there are none.
  ///   - byOldModel: today's scores by the model of the previous ones, where another one made these: only
  ///     they tell whether a risk has jumped.
  ///   - policy: when rows enter and leave.
  package mutating func decideEntries(
    since previous: AtRiskDocument?, underOldModel byOldModel: AtRiskDocument? = nil,
    policy: ListingPolicy = ListingPolicy()
  ) {
    guard let day = CalendarDay(asOf) else { return }
    let before = Dictionary(
      (previous?.subscriptions ?? []).map { ($0.identity.subscriptionId, $0) },
      uniquingKeysWith: { first, _ in first })
    let entry = ListEntry(
      policy: policy, day: day, isFirstRun: previous == nil,
      clear: .entry(policy, in: self), exit: ListExit(policy, in: self, since: previous),
      bridge: ScoreBridge(self, since: previous, underOldModel: byOldModel))
    let heldOut = customersHeldOut
    for index in subscriptions.indices {
      let row = subscriptions[index]
      let old = before[row.identity.subscriptionId]
      let reason = entry.reason(row, before: old)
      let isHeldOut = row.identity.customerTenantId.map(heldOut.contains) ?? false
      subscriptions[index].listing = Listing(
        isListed: reason.isEntry && !isHeldOut,
        since: reason.isEntry ? old?.onListSince ?? asOf : nil,
        reason: reason.isEntry && isHeldOut ? .holdOut : reason)
    }
  }

  /// Notes the last contact about each row; later than `asOf` does not count.
  package mutating func note(_ contacts: ContactLog) {
    guard let day = CalendarDay(asOf) else { return }
    for index in subscriptions.indices {
      subscriptions[index].contact = GUID(subscriptions[index].identity.subscriptionId)
        .flatMap { contacts.contacts(about: $0, through: day).last }.map(LastContact.init)
    }
  }

  /// Takes from the lists who is left alone, was spoken with or is snoozed.
  ///
  /// A row that was put aside before, by contacts that no longer count, comes back. A customer who was left
  /// alone comes back only by a hold-out that is given anew: an experiment is not ended by an export.
  package mutating func putAside(by policy: ListingPolicy = ListingPolicy()) {
    guard let day = CalendarDay(asOf) else { return }
    let leftAlone =
      policy.holdOut.map { customersLeftAlone(by: $0, rates: policy.rates) } ?? customersHeldOut
    // Most rows are of no interest here, and to copy one takes long.
    for index in subscriptions.indices where subscriptions[index].isCase {
      let row = subscriptions[index]
      var listing = row.listing ?? Listing(isListed: row.isAtRisk, reason: .firstRun)
      let isLeftAlone = row.identity.customerTenantId.map(leftAlone.contains) ?? false
      guard row.listing != nil || row.contact != nil || isLeftAlone else { continue }
      if listing.reason.isSpared {
        listing = Listing(
          isListed: true, since: listing.since ?? asOf, reason: row.likelyEntry(on: asOf))
      }
      // Whom the hold-out leaves alone counts as that, also after a call: else it could not be told later
      // who was in it.
      let isJump = listing.reason == .jump
      if let reason = isLeftAlone
        ? .holdOut : row.contact?.sparing(row, on: day, policy, hasJumped: isJump)
      {
        // Since when it was on the list is kept: it comes back as the same case.
        listing.isListed = false
        listing.reason = reason
      }
      subscriptions[index].listing = listing
    }
  }
}

extension AtRiskDocument.Row {
  /// Whether it belongs on the list, also where it is not on it for a while.
  var isCase: Bool { isListed || listing?.reason.isPutAside ?? false }

  /// Since when it is on the list; nil when it is not.
  fileprivate var onListSince: String? { isCase ? listing?.since ?? firstFlagged : nil }

  /// Why a row that was put aside belongs on its list, as far as its other fields tell.
  func likelyEntry(on asOf: String) -> ListingReason {
    if listing?.since.map({ $0 < asOf }) ?? true { return .stays }
    if !isAtRisk { return .deadline }
    if change == nil { return .firstRun }
    return previous == nil ? .newRow : .twoWeeks
  }
}

extension AtRiskDocument.LastContact {
  init(_ contact: Contact) {
    self.init(
      date: contact.day.description, accountManager: contact.accountManager,
      outcome: contact.outcome.rawValue, until: contact.until?.description)
  }

  /// Why the row is spared on a day; nil when it is not.
  ///
  /// A snooze holds whatever happens. Other contacts are over when the risk doubles, or when a deadline comes
  /// near that was not near when they were made.
  fileprivate func sparing(
    _ row: AtRiskDocument.Row, on day: CalendarDay, _ policy: ListingPolicy, hasJumped: Bool
  ) -> ListingReason? {
    if outcome == ContactOutcome.snoozed.rawValue, let until = until.flatMap({ CalendarDay($0) }) {
      return until >= day ? .snoozed : nil
    }
    guard !hasJumped, let made = CalendarDay(date), let outcome = ContactOutcome(rawValue: outcome),
      !policy.hasDeadlineCome(near: row, on: day, since: made)
    else { return nil }
    return day - made < policy.coolDownDays[outcome] ?? 0 ? .contacted : nil
  }
}
