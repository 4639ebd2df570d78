package import Files
internal import History

/// Azure subscriptions that are active at the end of the period and had no usage in it.
package struct WithoutUsageNumbers: SectionNumbers {
  struct Row: Sendable, Hashable {
    let which: WhichSubscription
    let start: CalendarDay?
    /// Before the period; nil for never.
    let lastUsage: CalendarDay?
  }

  /// Never used first, then the longest unused; at most `ShownRows.most`.
  let rows: [Row]
  package let total: Int
  /// Active at the end of the period.
  package let active: Int
  package let neverUsed: Int
  let end: CalendarDay
  let hasUsage: Bool

  package init(_ input: PageInput) {
    let facts = input.facts
    end = facts.period.to
    hasUsage = facts.lastUsage != nil
    let present = facts.azure.filter { $0.subscription.isActive(on: facts.period.to) }
    active = present.count
    let unused = present.filter { !$0.subscription.usage.isUsed }.map { customer, subscription in
      Row(
        which: facts.which(customer, subscription), start: subscription.startDate,
        lastUsage: subscription.usage.lastDay)
    }
    total = unused.count
    neverUsed = unused.count { $0.lastUsage == nil }
    rows = ShownRows.first(
      of: unused.sorted { left, right in
        let days = (
          left.lastUsage ?? UsageHistory.earliest, right.lastUsage ?? UsageHistory.earliest
        )
        return days.0 == days.1
          ? WhichSubscription.isOrdered(left.which, right.which) : days.0 < days.1
      })
  }

  package var absence: String? {
    if !hasUsage {
      return "No usage is known, so that nothing tells who has none: import usage exports first."
    }
    return total == 0
      ? "Every Azure subscription that is active on \(end) was used in this period." : nil
  }

  package var json: JSONValue {
    [
      "total": .integer(total), "active": .integer(active), "neverUsed": .integer(neverUsed),
      "rows": .array(
        rows.map { row in
          var object = row.which.json
          object["subscriptionStartDate"] = .optional(row.start?.description)
          object["lastUsageDate"] = .optional(row.lastUsage?.description)
          return .object(object)
        }),
    ]
  }
}

/// How many rows a table shows: browsers and people give up on more.
enum ShownRows {
  static let most = 1_000

  static func first<Row>(of rows: [Row]) -> [Row] { Array(rows.prefix(most)) }
}
