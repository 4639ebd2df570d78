package import History

/// Where a subscription stands on a landmark: scored, listed as excluded, or of no concern.
package enum Standing: Sendable, Hashable {
  case scored
  case excluded(Reason, since: CalendarDay?)
  /// Not an Azure subscription, or closed for more than a year.
  case unlisted

  /// The closed list of `excluded[].reason` in at-risk.json.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    case alreadyChurned, missing, transferred, migrated, fraud, `internal`, test, tooNew
    case unknownStatus, other
  }

  /// How long an absent subscription is listed as missing, in days.
  package static let missingForDays = 90
  /// How long a closed subscription stays on the list of the excluded, in days.
  package static let closedForDays = 365
}

/// Decides where each subscription of a snapshot stands.
package struct StandingRules: Sendable {
  let exclusions: ExclusionTable
  /// Younger subscriptions are listed as too new; days, ≥ 0.
  let minimumTenureDays: Int
  private let today: CalendarDay

  /// - Parameters:
  ///   - exclusions: from the exclusions files.
  ///   - minimumTenureDays: ≥ 0.
  ///   - today: the day on which one looks back. A transfer, migration or other departure without a
  ///     day of its own holds from here on, and on earlier days once the subscription was gone: to
  ///     leave out all its past would select rows by what came later.
  package init(exclusions: [Exclusion], minimumTenureDays: Int, today: CalendarDay) {
    self.exclusions = ExclusionTable(exclusions)
    self.minimumTenureDays = minimumTenureDays
    self.today = today
  }

  /// Where `subscription` stands on the landmark of `context`.
  ///
  /// An exclusion outranks what the exports show (a transferred subscription often ends as
  /// DEPROVISIONED), except that nothing closed for over a year is listed at all.
  ///
  /// - Parameters:
  ///   - subscription: on the landmark.
  ///   - context: the landmark.
  ///   - isListed: false where no exclusion is of the subscription, so that none is looked for.
  /// - Returns: what holds on the landmark.
  package func standing(
    of subscription: KnownSubscription, at context: LandmarkContext, isListed: Bool = true
  ) -> Standing {
    let day = context.asOf
    guard subscription.isAzure else { return .unlisted }
    let shown = standingShown(of: subscription, on: day)
    guard isListed, shown != .unlisted else { return shown }
    let gone = subscription.goneSince
    guard
      let exclusion = exclusions.exclusion(
        subscription: subscription.id, customerTenantId: subscription.customerTenantId, on: day,
        isGone: day >= today || gone != nil)
    else { return shown }
    let isDeparture = exclusion.isDeparture
    let since = exclusion.from.flatMap { $0 <= day ? $0 : nil }
    return .excluded(reason(exclusion.reason), since: since ?? (isDeparture ? gone : nil))
  }

  /// What the exports alone say.
  private func standingShown(of subscription: KnownSubscription, on day: CalendarDay) -> Standing {
    if subscription.isDeprovisioned {
      let since = subscription.closedDate
      if let since, day - since > Standing.closedForDays { return .unlisted }
      return closed(subscription, on: day, since: since)
    }
    if let absent = subscription.absentSince {
      return standingOfAbsent(subscription, since: absent, on: day)
    }
    switch subscription.facts.state.status {
    case .suspended: return closed(subscription, on: day, since: subscription.closedDate)
    case .unknown: return .excluded(.unknownStatus, since: nil)
    case .active, .deprovisioned: break
    }
    if let start = subscription.startDate, day - start < minimumTenureDays {
      return .excluded(.tooNew, since: start)
    }
    return .scored
  }

  private func closed(
    _ subscription: KnownSubscription, on day: CalendarDay, since: CalendarDay?
  ) -> Standing {
    // A trial that never became a paid subscription was not lost: it never was one.
    let neverPaid = subscription.facts.state.endedUnconverted(by: since ?? day)
    return .excluded(neverPaid ? .other : .alreadyChurned, since: since)
  }

  /// Absence alone is never churn: the commitment ran out, or the subscription is missing.
  ///
  /// After the 90 days it stays listed, as `other`, until a year after its first absence.
  private func standingOfAbsent(
    _ subscription: KnownSubscription, since absent: CalendarDay, on day: CalendarDay
  ) -> Standing {
    guard day - absent <= Standing.closedForDays else { return .unlisted }
    if let end = subscription.facts.state.commitmentEndDate, end < absent {
      return .excluded(.other, since: end)
    }
    return .excluded(day - absent <= Standing.missingForDays ? .missing : .other, since: absent)
  }

  private func reason(_ exclusion: ExclusionReason) -> Standing.Reason {
    switch exclusion {
    case .transferred: .transferred
    case .migrated: .migrated
    case .fraud: .fraud
    case .internal: .internal
    case .test: .test
    case .other: .other
    }
  }
}
