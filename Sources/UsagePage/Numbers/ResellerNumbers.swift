package import Files
internal import History

/// Azure subscriptions by the reseller that sold them.
package struct ResellerNumbers: SectionNumbers {
  struct Row: Sendable, Hashable {
    /// nil = sold by the partner itself, or by nobody that an export names.
    let partnerId: String?
    let name: String?
    /// Customers with an active subscription at the end of the period.
    var customers = 0
    var active = 0
    var sold = 0
    /// Subscriptions suspended or deprovisioned in the period, each once.
    var lost = 0
    var used = 0
    /// What the export of indirect resellers says.
    let reported: Int?
  }

  /// Those with most active subscriptions first; at most `ShownRows.most`.
  let rows: [Row]
  package let total: Int

  package init(_ input: PageInput) {
    let facts = input.facts
    let period = facts.period
    var rows: [String: Row] = [:]
    for customer in facts.customers {
      var present: Set<String> = []
      for subscription in customer.azure where subscription.isObserved {
        let id = subscription.state.partnerId
        let key = id?.lowercased() ?? ""
        let known = facts.resellers[key]
        var row =
          rows[key]
          ?? Row(
            partnerId: id, name: subscription.state.partnerName ?? known?.name,
            reported: known?.subscriptionCount)
        if subscription.isActive(on: period.to) {
          row.active += 1
          if present.insert(key).inserted { row.customers += 1 }
        }
        if subscription.soldDate.map(period.contains) ?? false { row.sold += 1 }
        if subscription.losses.contains(where: { period.contains($0.day) }) { row.lost += 1 }
        if subscription.usage.isUsed { row.used += 1 }
        rows[key] = row
      }
    }
    total = rows.keys.count { !$0.isEmpty }
    self.rows = ShownRows.first(
      of: rows.sorted { ($1.value.active, $0.key) < ($0.value.active, $1.key) }.map(\.value))
  }

  package var absence: String? {
    total == 0 ? "No Azure subscription names a reseller (partnerId)." : nil
  }

  package var json: JSONValue {
    [
      "resellers": .integer(total),
      "rows": .array(
        rows.map {
          [
            "partnerId": .optional($0.partnerId), "partnerName": .optional($0.name),
            "customers": .integer($0.customers), "active": .integer($0.active),
            "sold": .integer($0.sold), "lost": .integer($0.lost), "used": .integer($0.used),
            "reportedSubscriptions": .optional($0.reported),
          ]
        }),
    ]
  }
}
