import History

/// What surrounds a partner's subscriptions: resellers, referrals, searches, transfers, exclusions.
struct PartnerSurroundings {
  let partner: PartnerWorkload
  let lives: [PartnerLife]

  private func text(_ day: CalendarDay?) -> String { day.map { "\($0)" } ?? "0001-01-01" }

  /// The resellers as an export of a day shows them; every fifth is in none.
  func resellers(on day: CalendarDay) -> [[String]] {
    typealias Days = (first: CalendarDay, last: CalendarDay)
    var suspended: [Int: Days] = [:]
    var deprovisioned: [Int: Days] = [:]
    func add(_ date: CalendarDay?, of reseller: Int, to days: inout [Int: Days]) {
      guard let date, date <= day else { return }
      let known = days[reseller] ?? (date, date)
      days[reseller] = (min(known.first, date), max(known.last, date))
    }
    for life in lives {
      guard let reseller = life.reseller else { continue }
      add(life.ending == .suspended ? life.end : nil, of: reseller, to: &suspended)
      add(life.closed, of: reseller, to: &deprovisioned)
    }
    return [
      [
        "id", "name", "firstSubscriptionSuspendedDate", "latestSubscriptionSuspendedDate",
        "firstSubscriptionDeprovisionedDate", "latestSubscriptionDeprovisionedDate",
      ]
    ]
      + (0..<partner.resellers).filter { $0 % 5 != 4 }.map { number in
        let (id, name) = partner.reseller(number)
        return [
          id, name, text(suspended[number]?.first), text(suspended[number]?.last),
          text(deprovisioned[number]?.first), text(deprovisioned[number]?.last),
        ]
      }
  }

  /// The referrals that an export of a day shows: all up to it, some of which are shown late.
  func referrals(on day: CalendarDay) -> [[String]] {
    var rows = [
      ["id", "status", "customerMarket", "customerName", "customerOrgSize", "createdDate"]
    ]
    for number in 0..<max(20, partner.subscriptions / 5) {
      var draws = Draws(1_000_000_000 + number)
      let created = PartnerWorkload.firstDay - 300 + draws.below(partner.dayCount + 300)
      guard created + draws.below(20) <= day else { continue }
      let customer = draws.below(partner.customers)
      rows.append([
        "\(9_000_000 + number)", "won", partner.market(ofCustomer: customer),
        draws.happens(80) ? partner.customerName(customer).uppercased() : "Somebody else",
        "10to50employees", "\(created)T10:00:00",
      ])
    }
    return rows
  }

  /// The searches that an export of a day shows: those of the sixty days before.
  func searches(on day: CalendarDay) -> [[String]] {
    var rows = [["searchDate", "keywordSearchText", "keywordCountry", "partnerMarket"]]
    for offset in 1...60 {
      let date = day - offset
      var draws = Draws(2_000_000_000 + Int(date.daysSinceEpoch))
      for search in 0..<draws.below(12) {
        let market = PartnerWorkload.markets[draws.below(12)]
        // The country of the keyword is not always there; then the partner's market tells.
        let country = draws.happens(70) ? PartnerWorkload.markets[draws.below(12)] : ""
        rows.append(["\(date)", "azure \(search)", country, market])
      }
    }
    return rows
  }

  /// The audit records of all transfers, as JSON Lines.
  var transfers: String {
    var text = ""
    func add(_ day: CalendarDay, _ customer: Int, _ id: String?) {
      let named = id.map { "[{\"key\":\"SubscriptionId-0\",\"value\":\"\($0)\"}]" } ?? "[]"
      text +=
        "{\"operationType\":\"update_transfer\",\"operationDate\":\"\(day)T09:00:00\","
        + "\"operationStatus\":\"succeeded\",\"resourceType\":\"transfer\","
        + "\"resourceNewValue\":\"{\\\"Status\\\":\\\"Complete\\\"}\","
        + "\"customerId\":\"\(partner.customerTenant(customer))\",\"customizedData\":\(named)}\n"
    }
    for life in lives where life.number % 50 == 7 {
      var draws = Draws(3_000_000_000 + life.number)
      add(PartnerWorkload.firstDay + draws.below(partner.dayCount), life.customer, life.id)
    }
    for customer in stride(from: 11, to: partner.customers, by: 100) {
      var draws = Draws(4_000_000_000 + customer)
      add(PartnerWorkload.firstDay + draws.below(partner.dayCount), customer, nil)
    }
    return text
  }

  /// The exclusions list.
  var exclusions: [[String]] {
    [["subscriptionId", "customerTenantId", "reason", "from"]]
      + lives.filter { $0.number % 100 == 13 }.map { [$0.id, "", "test", ""] }
      + lives.filter { $0.number % 100 == 14 }.map {
        [$0.id, "", "transferred", "\(PartnerWorkload.firstExport + $0.number % 300)"]
      }
      + stride(from: 17, to: partner.customers, by: 200).map {
        ["", partner.customerTenant($0), "migrated", "\(PartnerWorkload.firstExport + $0 % 300)"]
      }
  }
}
