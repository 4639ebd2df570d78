import Files
import History

/// What an export of one day says of a subscription.
extension PartnerLife {
  static let columns = [
    "customerTenantId", "customerName", "customerMarket", "id", "status", "productName",
    "subscriptionType", "autoRenewEnabled", "partnerId", "friendlyName", "partnerName",
    "creationDate", "effectiveStartDate", "commitmentEndDate", "trialToPaidConversionDate",
    "trialStartDate", "trialEndDate", "lastUsageDate", "deprovisionedDate", "lastRenewalDate",
    "licenseCount", "billingCycleName",
  ]

  /// The fields of the row in the order of `columns`.
  ///
  /// - Parameters:
  ///   - day: the export's.
  ///   - partner: whose subscription it is.
  ///   - lastUse: the last day of use that the export knows.
  /// - Returns: nil when the export does not show it.
  func row(on day: CalendarDay, of partner: PartnerWorkload, lastUse: CalendarDay?) -> [String]? {
    guard creation <= day, day <= shownThrough else { return nil }
    func text(_ date: CalendarDay?) -> String { date.map { "\($0)T00:00:00" } ?? "" }
    func past(_ date: CalendarDay?) -> CalendarDay? { date.flatMap { $0 <= day ? $0 : nil } }
    let isClosed = past(closed) != nil
    let isSuspended = ending == .suspended && past(end) != nil && past(back) == nil
    let status = isClosed ? "DEPROVISIONED" : isSuspended ? "SUSPENDED" : "ACTIVE"
    let current = day >= planChange ? laterProduct : product
    let term = term(on: day, product: current)
    let sold = reseller.map { partner.reseller($0) }
    let renews = renewal.map { day >= $0.off && day < $0.on ? "False" : "True" } ?? ""
    let name =
      kind == .licences ? "Office E\(1 + number % 3)" : Self.products[current]
    return [
      partner.customerTenant(customer), partner.customerName(customer),
      lacksMarket ? "" : partner.market(ofCustomer: customer), id, status, name,
      kind == .untyped ? "" : kind == .azure ? "Azure" : "Office", renews, sold?.id ?? "",
      "Subscription \(number)", sold?.name ?? "", text(creation), hasStart ? text(start) : "",
      text(term?.end), text(past(paid)), trialEnd == nil ? "" : text(start), text(trialEnd),
      reportsUsage ? text(lastUse) : "", datesClosing ? text(past(closed)) : "",
      text(term?.renewed), "\(day >= seatChange ? laterSeats : seats)",
      isMonthly && day < planChange ? "Monthly" : "Annual",
    ]
  }

  /// The last day of the term that runs on a day, and when it was renewed; nil without a term.
  private func term(
    on day: CalendarDay, product: Int
  ) -> (end: CalendarDay, renewed: CalendarDay?)? {
    guard product > 0 else { return nil }
    let length = product == 2 ? 30 : 365
    let terms = max(0, day - start) / length
    let begin = start + terms * length
    return (begin + (length - 1), terms > 0 ? begin : nil)
  }
}
