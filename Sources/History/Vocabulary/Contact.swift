/// What came of speaking with a customer; the words of the contacts file.
package enum ContactOutcome: String, Sendable, Hashable, CaseIterable {
  case called, saved, leaving, falseAlarm, snoozed
}

/// One line of a contacts file: somebody spoke with the customer, or put the row aside.
package struct Contact: Sendable, Hashable {
  /// Whom it was about.
  package var subscriptionId: GUID
  /// When.
  package var day: CalendarDay
  /// Who; nil when the file does not say.
  package var accountManager: String?
  package var outcome: ContactOutcome
  /// The last day of a snooze; nil for none.
  package var until: CalendarDay?

  /// A contact as a contacts file states it.
  package init(
    subscriptionId: GUID, day: CalendarDay, accountManager: String? = nil, outcome: ContactOutcome,
    until: CalendarDay? = nil
  ) {
    self.subscriptionId = subscriptionId
    self.day = day
    self.accountManager = accountManager
    self.outcome = outcome
    self.until = until
  }
}

/// Every contact known, by subscription.
///
/// Contacts are events: files add up, whatever their names. Of one subscription, day and account manager
/// the file that came last counts, so that a line can be put right.
package struct ContactLog: Sendable, Hashable {
  private let bySubscription: [GUID: [Contact]]

  /// - Parameter contacts: in the order of their files and lines.
  package init(_ contacts: [Contact] = []) {
    var newest: [Key: Contact] = [:]
    for contact in contacts {
      newest[Key(contact)] = contact
    }
    bySubscription = Dictionary(grouping: newest.values, by: \.subscriptionId).mapValues {
      $0.sorted {
        ($0.day, $0.accountManager ?? "") < ($1.day, $1.accountManager ?? "")
      }
    }
  }

  /// By day, subscription and account manager.
  package var all: [Contact] {
    bySubscription.values.joined().sorted {
      ($0.day, $0.subscriptionId, $0.accountManager ?? "")
        < ($1.day, $1.subscriptionId, $1.accountManager ?? "")
    }
  }

  package var isEmpty: Bool { bySubscription.isEmpty }

  /// The contacts about a subscription up to a day, oldest first.
  package func contacts(about subscription: GUID, through day: CalendarDay) -> [Contact] {
    (bySubscription[subscription] ?? []).filter { $0.day <= day }
  }

  private struct Key: Hashable {
    var subscriptionId: GUID
    var day: CalendarDay
    var accountManager: String?

    init(_ contact: Contact) {
      subscriptionId = contact.subscriptionId
      day = contact.day
      accountManager = contact.accountManager
    }
  }
}
