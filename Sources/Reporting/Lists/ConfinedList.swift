internal import Files
internal import RiskModel
internal import Words

extension AtRiskDocument {
  /// The header and the rows of a list for somebody who must learn nothing of the others.
  ///
  /// A reseller's list is read by another company. What stands in it about the rest of the partner's
  /// customers goes: ranks and previous ranks are counted among its own rows; the base rate, the bands, which
  /// are multiples of its odds, the monitoring and the sentences about the partner's data are left out, and so
  /// is every reason that compares with subscriptions of others, whose contribution moves to
  /// `otherContributions`, as does the model's bias, so that the contributions still add up. Families hold
  /// such contributions, so they go; a sentence that also gives the share of the partner is told without it.
  func confined(
    _ list: RiskList, sharedCustomers: Set<String>
  ) -> (header: AtRiskDocument, list: RiskList) {
    var header = self
    header.subscriptions = []
    header.excluded = []
    header.attention = []
    header.monitoring = .null
    header.isConfined = true
    header.model.baseRate = nil
    header.model.bias = 0
    var list = list
    list.rows = confined(list.rows, sharedCustomers)
    list.withoutUsage = confined(list.withoutUsage, sharedCustomers)
    return (header, list)
  }

  /// Its day follows from all reservations of the customer, whoever sold them.
  private static let reservationEnds = RiskModel.Deadline.Kind.reservationEnds.rawValue

  private func confined(_ rows: [Row], _ sharedCustomers: Set<String>) -> [Row] {
    var rows = rows
    let before = rows.indices.filter { rows[$0].previous != nil }
      .sorted { (rows[$0].previous?.rank ?? 0, $0) < (rows[$1].previous?.rank ?? 0, $1) }
    for (rank, index) in before.enumerated() { rows[index].previous?.rank = rank + 1 }
    for index in rows.indices {
      rows[index].rank = index + 1
      let isShared = rows[index].identity.customerTenantId.map(sharedCustomers.contains) ?? false
      rows[index].removeReasons { $0.isAboutOthers || isShared && $0.isAboutCustomer }
      if isShared { rows[index].deadlines.removeAll { $0.kind == Self.reservationEnds } }
      rows[index].otherContributions += model.bias
      rows[index].families = []
      for place in rows[index].reasons.indices {
        rows[index].reasons[place].leaveOutPartner(in: language)
      }
      for place in rows[index].mitigating.indices {
        rows[index].mitigating[place].leaveOutPartner(in: language)
      }
    }
    return rows
  }
}

extension AtRiskDocument {
  /// Customers who buy from several resellers: how their other subscriptions fare is not for each of
  /// them to know.
  var sharedCustomers: Set<String> {
    var first: [String: String] = [:]
    var shared: Set<String> = []
    for identity in subscriptions.lazy.map(\.identity) + excluded.lazy.map(\.identity) {
      guard let tenant = identity.customerTenantId else { continue }
      let partner = identity.partnerId ?? ""
      if first[tenant, default: partner] != partner { shared.insert(tenant) }
      first[tenant] = partner
    }
    return shared
  }
}

extension AtRiskDocument.Row {
  fileprivate mutating func removeReasons(where isGone: (AtRiskDocument.Reason) -> Bool) {
    let gone = (reasons + mitigating).filter(isGone)
    guard !gone.isEmpty else { return }
    otherContributions = gone.reduce(otherContributions) { $0 + $1.contribution }
    reasons.removeAll(where: isGone)
    mitigating.removeAll(where: isGone)
  }
}

extension AtRiskDocument.Reason {
  /// Tells the sentence without the partner's share, where it gives one.
  fileprivate mutating func leaveOutPartner(in language: Language) {
    guard let message, message.withoutPartner != message else { return }
    self.message = message.withoutPartner
    text = language.text(message.withoutPartner)
  }

  /// Whether the sentence may hold a figure of subscriptions that are not the reseller's: comparisons
  /// with a product's or commitment's cohort, with a market, with the whole partner and with other resellers,
  /// what the customer buys besides Azure, and what the partner alone sees of the customer.
  var isAboutOthers: Bool {
    [
      "cohort", "market", "autoRenewAgainstPartner", "usageAgainstPartner", "partnerId",
      "partnerName", "otherProductCount", "customerReferrals",
    ].contains { feature.hasPrefix($0) }
  }

  /// Whether it tells of all that the customer has, whoever sold it.
  var isAboutCustomer: Bool {
    family == "customer" || feature == "daysToReservationEnd" || feature == "reservedShare91"
  }
}
