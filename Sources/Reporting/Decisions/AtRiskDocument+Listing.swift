package import History
internal import RiskModel

// Who is on the lists, in three steps, each of which can be done anew with other files:
//
//   compare(with:)  what changed              previous scores
//   decideEntries   who belongs on the list   previous scores
//   note            the last contacts         contacts file or history
//   putAside        who is spared this week   contacts, hold-out

extension AtRiskDocument {
  /// Decides for every row whether it belongs on its list, whoever spoke with whom.
  ///
  /// To be called after `compare(with:)`, which knows since when a row has been at risk.
  ///
  /// - Parameters:
  ///   - previous: the scores that `compare` was given; nil when there are none.
  ///   - policy: when rows enter and leave.
  package mutating func decideEntries(
    since previous: AtRiskDocument?, policy: ListingPolicy = ListingPolicy()
  ) {
    guard let day = CalendarDay(asOf) else { return }
    let before = Dictionary(
      (previous?.subscriptions ?? []).map { ($0.identity.subscriptionId, $0) },
      uniquingKeysWith: { first, _ in first })
    let entry = ListEntry(
      policy: policy, day: day, isFirstRun: previous == nil, isRuled: ordersByRule,
      medium: ordersByRule ? RuleScore.bands.medium : medium)
    for index in subscriptions.indices {
      let row = subscriptions[index]
      let old = before[row.identity.subscriptionId]
      let reason = entry.reason(row, before: old)
      let isListed = reason.isEntry
      subscriptions[index].listing = Listing(
        isListed: isListed, since: isListed ? old?.onListSince ?? asOf : nil, reason: reason)
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

  /// Takes from the lists who was spoken with, is snoozed or is left alone.
  ///
  /// A row that was put aside before, by contacts that no longer count, comes back.
  package mutating func putAside(by policy: ListingPolicy = ListingPolicy()) {
    guard let day = CalendarDay(asOf) else { return }
    let leftAlone = customersLeftAlone(by: policy.holdOut)
    for index in subscriptions.indices {
      let row = subscriptions[index]
      var listing = row.listing ?? Listing(isListed: row.isAtRisk, reason: .firstRun)
      let isLeftAlone = row.identity.customerTenantId.map(leftAlone.contains) ?? false
      guard row.listing != nil || row.contact != nil || isLeftAlone else { continue }
      let isMeant = listing.isListed || listing.reason.isPutAside
      guard isMeant else { continue }
      if listing.reason.isPutAside {
        listing = Listing(isListed: true, since: listing.since ?? asOf, reason: .stays)
      }
      let isUrgent = listing.reason == .jump || policy.hasNearDeadline(row, on: day)
      if let reason = row.contact?.sparing(on: day, policy, isUrgent: isUrgent)
        ?? (isLeftAlone ? .holdOut : nil)
      {
        // Since when it was on the list is kept: it comes back as the same case.
        listing.isListed = false
        listing.reason = reason
      }
      subscriptions[index].listing = listing
    }
  }

  /// The tenants that the hold-out leaves alone: those whose rows are all worth little enough.
  private func customersLeftAlone(by holdOut: ListingPolicy.HoldOut?) -> Set<String> {
    guard let holdOut else { return [] }
    var greatest: [String: Double] = [:]
    for row in subscriptions {
      guard let tenant = row.identity.customerTenantId else { continue }
      greatest[tenant] = max(greatest[tenant] ?? 0, row.identity.value ?? .infinity)
    }
    return Set(
      greatest.filter { $0.value <= holdOut.greatestValue && holdOut.includes(customer: $0.key) }
        .keys)
  }
}

extension AtRiskDocument.Row {
  /// Whether it belongs on the list, also where it is spared for a while.
  var isCase: Bool { isListed || listing?.reason.isPutAside ?? false }

  /// Since when it is on the list; nil when it is not.
  fileprivate var onListSince: String? { isCase ? listing?.since ?? firstFlagged : nil }
}

extension AtRiskDocument.LastContact {
  init(_ contact: Contact) {
    self.init(
      date: contact.day.description, accountManager: contact.accountManager,
      outcome: contact.outcome.rawValue, until: contact.until?.description)
  }

  /// Why the row is spared on a day; nil when it is not.
  ///
  /// A snooze holds whatever happens.
  fileprivate func sparing(
    on day: CalendarDay, _ policy: ListingPolicy, isUrgent: Bool
  ) -> ListingReason? {
    if outcome == ContactOutcome.snoozed.rawValue, let until = until.flatMap({ CalendarDay($0) }) {
      return until >= day ? .snoozed : nil
    }
    guard !isUrgent, let made = CalendarDay(date), let outcome = ContactOutcome(rawValue: outcome)
    else { return nil }
    return day - made < policy.coolDownDays[outcome] ?? 0 ? .contacted : nil
  }
}
