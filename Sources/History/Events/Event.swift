// What happened to subscriptions and customers, by the logs of Partner Center.
//
// Snapshots tell how things were; logs tell on which day they changed, and why. The names and addresses
// of those who did it are in the logs too, and are never kept.

/// What happened.
package enum EventKind: String, Sendable, Hashable, CaseIterable {
  /// The subscription no longer renews by itself.
  case autoRenewOff
  /// It renews by itself again.
  case autoRenewOn
  /// It moved to or from another partner.
  case transferred
  case suspended
  /// It is active again.
  case reactivated
  case cancelled
  /// The customer is no longer this partner's.
  case customerRemoved
  /// Anything else that was done.
  case other
}

/// What is known of the circumstances of an event.
package enum EventDetail: String, Sendable, Hashable, CaseIterable {
  /// Somebody else had taken it over (`cancellationReason` compromise), or Microsoft says so.
  case fraud
  /// It moved to the new commerce experience, as another subscription.
  case migration
  /// It was upgraded into another subscription.
  case upgrade
  /// The transfer brought it to this partner.
  case incoming
  /// The log does not say how it was before, or whether it was completed.
  case unconfirmed
}

/// Something that happened on a day.
package struct Event: Sendable, Hashable {
  /// In UTC.
  package var day: CalendarDay
  package var kind: EventKind
  package var detail: EventDetail?
  /// nil when it is about a customer as a whole.
  package var subscriptionId: GUID?
  /// Lower case; nil when the log does not tell.
  package var customerTenantId: String?

  /// An event as a log tells it.
  package init(
    day: CalendarDay, kind: EventKind, detail: EventDetail? = nil, subscriptionId: GUID? = nil,
    customerTenantId: String? = nil
  ) {
    self.day = day
    self.kind = kind
    self.detail = detail
    self.subscriptionId = subscriptionId
    self.customerTenantId = customerTenantId
  }
}
