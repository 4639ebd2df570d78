internal import Files

// Partner Center Insights, subscription details: one row per subscription and month.
//
//   the download of the page as CSV or TSV, or a scheduled report of SeatsSubscriptionsAndRevenue
//   https://learn.microsoft.com/partner-center/insights/insights-data-definitions
//
// Earlier months are shown as they are known today, after restatements, so only the newest month of a
// subscription counts, as the state on the day of the export. Insights has other subscriptions in view
// than the API, so what it shows makes up a source of its own.

/// The subscription details of Insights.
struct InsightsSubscriptions: ImportFormat {
  let name = "Insights subscription details"
  let resource = Resource.subscriptions
  let defaultSource = "insights"

  func recognises(_ head: FileHead) -> Recognition {
    head.has("subscriptionState") && head.has("subscriptionId", "subscriptionGuid")
      && head.has("isAutoRenew", "availableSeatsEOP", "availableSeats", "billedRevenueUSD")
      ? .yes : .no
  }

  var unusedColumns: [String] {
    [
      "PGAMpnID", "PGAPartnerID", "CustomerTpid", "CustomerSegment", "PartnerLocation",
      "PartnerLocationID", "PartnerAttributionType", "SalesChannel", "EnrollmentNumber",
      "IndustryName", "VerticalName", "PartnerOneSubID", "SubscriptionCount",
      "DUNSNumber", "TopSegment", "ProductPartNumber", "PricingLevel", "SubscriptionStartMonth",
      "BilledRevenueUSD", "AzureConsumedRevenueUSD",
    ]
  }

  func loader(_ file: FileImport) -> any RowLoader { InsightsSubscriptionLoader(file) }
}

private enum Field: Int, CaseIterable {
  case id, month, start, end, state, autoRenew, customerName, tenant, market, product, sku
  case partnerId, partnerName, seats, reseller, isRepetition

  var names: [String] {
    switch self {
    case .id: ["SubscriptionGuid", "SubscriptionId"]
    case .month: ["Month"]
    case .start: ["SubscriptionStartDate"]
    case .end: ["SubscriptionEndDate"]
    case .state: ["SubscriptionState"]
    case .autoRenew: ["IsAutoRenew"]
    case .customerName: ["CustomerTenantName", "CustomerName"]
    case .tenant: ["CustomerTenantId"]
    case .market: ["CustomerMarket"]
    case .product: ["ReportingProductName", "Product", "RawProductName"]
    case .sku: ["SKU"]
    case .partnerId: ["ResellerID", "MPNID", "PartnerID"]
    case .partnerName: ["PartnerName"]
    case .seats: ["AvailableSeatsEOP", "AvailableSeats"]
    case .reseller: ["ResellerName"]
    case .isRepetition: ["IsDuplicateRowForPGA"]
    }
  }
}

private final class InsightsSubscriptionLoader: FieldRowLoader {
  let fields = Field.allCases.map(\.names)
  let file: FileImport
  /// The newest month of each subscription, with its state.
  private var newest: [Int64: (month: CalendarDay, state: StateRecord)] = [:]

  init(_ file: FileImport) { self.file = file }

  func load(_ row: FieldRow) throws(HistoryError) {
    func text(_ field: Field) -> String? { row.text(field.rawValue) }
    func reject(_ field: Field, _ reason: String) throws(HistoryError) {
      try file.reject(line: row.line, column: field.names[0], reason)
    }
    if text(.isRepetition).flatMap({ parsedBoolean($0) }) == true {
      return file.ignore(because: IgnoredReason.duplicate)
    }
    guard let id = text(.id) else { return try reject(.id, "the row has no subscription id") }
    guard let guid = GUID(id) else { return try reject(.id, "the id is not a GUID") }
    guard guid != .zero else { return file.ignore(because: IgnoredReason.noSubscription) }
    guard !file.isForgotten(guid, tenant: (text(.tenant) ?? "").utf8Span.span) else {
      return file.ignoreForgotten()
    }
    var days: [Field: CalendarDay] = [:]
    for field in [Field.month, .start, .end] {
      let date = field == .month ? row.month(field.rawValue) : row.date(field.rawValue)
      switch date {
      case .day(let day): days[field] = day
      case .unset: break
      case .noEnd where field == .end: break
      default: return try reject(field, date.problem)
      }
    }
    let subscription = try file.transaction.subscriptionId(guid)
    let state = try state(of: row, days)
    let month = days[.month] ?? file.observedOn
    if let known = newest[subscription], known.month >= month {
      file.rowsRepeated += 1
    } else {
      if newest[subscription] != nil { file.rowsRepeated += 1 }
      newest[subscription] = (month, state)
    }
    file.accept()
  }

  func finish() throws(HistoryError) {
    for (subscription, row) in newest.sorted(by: { $0.key < $1.key }) {
      try file.transaction.observe(subscription, state: row.state, lastUsageDate: nil)
    }
  }

  private func state(
    of row: FieldRow, _ days: [Field: CalendarDay]
  ) throws(HistoryError) -> StateRecord {
    func text(_ field: Field) -> String? { row.text(field.rawValue) }
    let status = status(text(.state))
    let product = text(.product)
    let isAzure = (product ?? text(.sku) ?? "").lowercased().contains("azure")
    let tenant = text(.tenant).map { GUID($0)?.description ?? $0.lowercased() }
    let texts = [
      tenant, text(.customerName), text(.market), status.name, product,
      isAzure ? "Azure" : product, text(.partnerId).map { GUID($0)?.description ?? $0 }, text(.sku),
      text(.reseller) ?? text(.partnerName), nil, nil, nil,
    ]
    var record = StateRecord(values: [])
    for text in texts {
      var id: Int64?
      if let text { id = try file.transaction.textId(text.utf8Span.span) }
      record.values.append(id)
    }
    let isClosed = status == .deprovisioned
    let end = days[.end].map { Int64($0.daysSinceEpoch) }
    let deprovisioned = isClosed && (days[.end].map { $0 <= file.observedOn } ?? false) ? end : nil
    let start = days[.start].map { Int64($0.daysSinceEpoch) }
    record.values += [nil, start, isClosed ? nil : end, nil, nil, nil, nil, deprovisioned, nil]
    let renews = text(.autoRenew).flatMap { parsedBoolean($0) }
    record.values.append(renews.map { $0 ? 1 : 0 })
    let seats = row.number(Field.seats.rawValue).value
    record.values.append(
      seats.flatMap { $0 >= 0 && $0 < 0x1p53 && $0 == $0.rounded() ? Int64($0) : nil })
    return record
  }

  private func status(_ written: String?) -> SubscriptionStatus {
    switch written?.lowercased() {
    case "active", "in grace period", "open": return .active
    case "churned", "closed", "deprovisioned", "deleted": return .deprovisioned
    case "suspended", "disabled": return .suspended
    default:
      let status = SubscriptionStatus(written: written ?? "")
      if case .unknown(let word) = status { file.note(unknownValue: word, of: "SubscriptionState") }
      return status
    }
  }
}
