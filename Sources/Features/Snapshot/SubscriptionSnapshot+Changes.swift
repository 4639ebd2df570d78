internal import History

extension SubscriptionSnapshot {
  /// The first observation that showed the present value of a field, where an earlier one showed another.
  ///
  /// Observations without a value are passed over: an export can leave a field out.
  /// - Parameter field: what is looked at.
  /// - Returns: nil when it was never seen to change.
  func lastChange<Value: Equatable>(_ field: (SubscriptionState) -> Value?) -> CalendarDay? {
    var present: Value?
    var since: CalendarDay?
    for observation in observations.reversed() {
      guard let value = field(states[observation.state]) else { continue }
      if let present, value != present { return since }
      present = value
      since = observation.day
    }
    return nil
  }
}
