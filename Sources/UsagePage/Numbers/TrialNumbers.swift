internal import Features
package import Files
internal import History

/// Azure trials that are running and end within 30 days.
package struct TrialNumbers: SectionNumbers {
  struct Row: Sendable, Hashable {
    let which: WhichSubscription
    let start: CalendarDay?
    let end: CalendarDay
    let daysLeft: Int
    let renews: Bool?
  }

  static let aheadDays = 30

  /// By end; at most `ShownRows.most`.
  let rows: [Row]
  package let ending: Int
  /// All trials that are running.
  package let running: Int

  package init(_ input: PageInput) {
    let facts = input.facts
    let asOf = facts.period.asOf
    let trials = facts.azure.filter {
      $0.subscription.isActive(on: asOf) && $0.subscription.state.trialPhase(on: asOf) == .running
    }
    running = trials.count
    let soon = trials.compactMap { customer, subscription -> Row? in
      guard let end = subscription.state.trialEndDate, end - asOf <= Self.aheadDays else {
        return nil
      }
      return Row(
        which: facts.which(customer, subscription), start: subscription.state.trialStartDate,
        end: end, daysLeft: end - asOf, renews: subscription.state.autoRenewEnabled)
    }
    ending = soon.count
    rows = ShownRows.first(
      of: soon.sorted { left, right in
        left.end == right.end
          ? WhichSubscription.isOrdered(left.which, right.which) : left.end < right.end
      })
  }

  package var absence: String? {
    guard ending == 0 else { return nil }
    return running == 0
      ? "No Azure trial is running."
      : "None of the \(running) running Azure trials ends within \(Self.aheadDays) days."
  }

  package var json: JSONValue {
    [
      "running": .integer(running), "ending": .integer(ending),
      "rows": .array(
        rows.map { row in
          var object = row.which.json
          object["trialStartDate"] = .optional(row.start?.description)
          object["trialEndDate"] = .string(row.end.description)
          object["daysLeft"] = .integer(row.daysLeft)
          object["autoRenewEnabled"] = row.renews.map { .bool($0) } ?? .null
          return .object(object)
        }),
    ]
  }
}
