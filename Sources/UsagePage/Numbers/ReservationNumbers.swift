internal import Features
package import Files
internal import History

/// Reservations and savings plans that end soon, or ended in the last 30 days.
package struct ReservationNumbers: SectionNumbers {
  package enum Group: String, Sendable, CaseIterable {
    case within7Days, within15Days, within30Days, beyond30Days, expiredInLast30Days

    init?(daysLeft: Int) {
      switch daysLeft {
      case -30..<0: self = .expiredInLast30Days
      case 0...7: self = .within7Days
      case 8...15: self = .within15Days
      case 16...30: self = .within30Days
      case 31...: self = .beyond30Days
      default: return nil
      }
    }
  }

  struct Row: Sendable, Hashable {
    let which: WhichSubscription
    let end: CalendarDay
    let daysLeft: Int
    let quantity: Int?
    let group: Group
  }

  /// By end; at most `ShownRows.most`.
  let rows: [Row]
  package let counts: [Group: Int]
  /// Active ones without an end.
  package let withoutEnd: Int
  let known: Int

  package init(_ input: PageInput) {
    let facts = input.facts
    let asOf = facts.period.asOf
    let all = facts.customers.flatMap { customer in
      customer.subscriptions.filter { $0.isObserved && $0.state.isReservation }
        .map { (customer, $0) }
    }
    known = all.count
    withoutEnd = all.count { $1.state.commitmentEndDate == nil && $1.isActive(on: asOf) }
    let found = all.compactMap { customer, subscription -> Row? in
      guard let end = subscription.state.commitmentEndDate, let group = Group(daysLeft: end - asOf),
        group == .expiredInLast30Days || subscription.isActive(on: asOf)
      else { return nil }
      return Row(
        which: facts.which(customer, subscription), end: end, daysLeft: end - asOf,
        quantity: subscription.state.licenseCount, group: group)
    }
    counts = Dictionary(grouping: found, by: \.group).mapValues(\.count)
    rows = ShownRows.first(
      of: found.sorted { left, right in
        left.end == right.end
          ? WhichSubscription.isOrdered(left.which, right.which) : left.end < right.end
      })
  }

  var total: Int { counts.values.reduce(0, +) }

  package var absence: String? {
    if known == 0 {
      return "No export shows a reservation or a savings plan: none has a product of that name."
    }
    return total == 0
      ? "None of the \(known) reservations and savings plans has an end that is near or lies ahead."
      : nil
  }

  package var json: JSONValue {
    [
      "counts": .object(
        JSONObject(Group.allCases.map { ($0.rawValue, .integer(counts[$0] ?? 0)) })),
      "withoutEnd": .integer(withoutEnd),
      "rows": .array(
        rows.map { row in
          var object = row.which.json
          object["commitmentEndDate"] = .string(row.end.description)
          object["daysLeft"] = .integer(row.daysLeft)
          object["quantity"] = .optional(row.quantity)
          object["group"] = .string(row.group.rawValue)
          return .object(object)
        }),
    ]
  }
}
