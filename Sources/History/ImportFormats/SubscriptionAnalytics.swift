internal import Files

// Partner Center's subscription analytics: one row per subscription, as it looks today.
//
//   GET /partner/v1/analytics/subscriptions, in any JSON envelope, as JSON Lines, or as a table with
//   the same names in its header
//   https://learn.microsoft.com/partner-center/developer/get-all-subscription-analytics
//
// A row needs an id. A date that decides when something happened must be a date, or the row is
// rejected: a wrong deprovisionedDate would be a wrong label. That the subscription was there is
// noted all the same, because its absence would say that it is missing. Unknown statuses and types
// load.

/// The subscription analytics resource.
struct SubscriptionAnalytics: ImportFormat {
  let name = "subscription analytics"
  let resource = Resource.subscriptions

  func recognises(_ head: FileHead) -> Recognition {
    // The lists that `export` writes have these columns too, and somebody's name beside them.
    guard !head.has("accountManager", "churnProbability", "riskBand") else { return .no }
    if head.has("subscriptionCount"), !head.has("id", "subscriptionId") {
      return .refused(
        "these are counts of an aggregated answer (groupby), not subscriptions; "
          + "request the resource without groupby")
    }
    guard head.has("id", "subscriptionId"), head.has("status") else { return .no }
    return head.has("subscriptionType", "autoRenewEnabled", "effectiveStartDate", "creationDate")
      ? .yes : .no
  }

  func loader(_ file: FileImport) -> any RowLoader { SubscriptionLoader(file) }
}

/// Where a value of a row goes.
private enum Field: Int, CaseIterable {
  // The columns of `StateRecord`, in its order.
  case customerTenantId, customerName, customerMarket, status, productName, subscriptionType
  case partnerId, friendlyName, partnerName, providerName, churnRisk, billingCycleName
  case creationDate, effectiveStartDate, commitmentEndDate, currentStateEndDate
  case trialToPaidConversionDate, trialStartDate, trialEndDate, deprovisionedDate, lastRenewalDate
  case autoRenewEnabled, licenseCount
  // What is not part of the state.
  case id, subscriptionId, lastUsageDate, partnerTenantId, subscriptionCount

  static let texts = allCases[..<StateRecord.textColumnCount]
  static let stateDates = allCases[StateRecord.dayColumns]
  static let dates = stateDates + [.lastUsageDate]

  /// Whether a date far in the future means "never" and not a mistake.
  var mayBeEndless: Bool {
    switch self {
    case .creationDate, .effectiveStartDate, .trialStartDate, .lastUsageDate: false
    default: true
    }
  }

  /// Whether features or labels depend on the date, so that a wrong one spoils the row.
  var decides: Bool { self != .currentStateEndDate && self != .lastRenewalDate }

  /// The names it goes by.
  var names: [String] {
    switch self {
    case .partnerId: ["partnerId", "mpnId"]
    case .friendlyName: ["friendlyName", "subscriptionName"]
    case .autoRenewEnabled: ["autoRenewEnabled", "isAutoRenew", "autoRenew"]
    case .licenseCount: ["licenseCount", "licensesCount"]
    case .lastUsageDate: ["lastUsageDate", "lastUsedDate"]
    case .effectiveStartDate: ["effectiveStartDate", "subscriptionStartDate"]
    default: ["\(self)"]
    }
  }
}

private final class SubscriptionLoader: FieldRowLoader {
  let fields = Field.allCases.map(\.names)
  let file: FileImport
  /// What the file said about a subscription before: the row id of the state.
  private var seen: [Int64: (state: Int64, lastUsageDate: CalendarDay?)] = [:]

  private static let types: Set<String> = [
    "AZURE", "OFFICE", "MICROSOFT365", "M365", "DYNAMICS", "EMS", "WINDOWS", "UNKNOWN",
  ]

  init(_ file: FileImport) { self.file = file }

  func load(_ row: FieldRow) throws(HistoryError) {
    let idField: Field = row.text(Field.id.rawValue) != nil ? .id : .subscriptionId
    guard let id = row.text(idField.rawValue) else {
      return try file.reject(line: row.line, column: "id", "the row has no subscription id")
    }
    guard let guid = GUID(id) else {
      return try file.reject(line: row.line, column: "\(idField)", "the id is not a GUID")
    }
    guard guid != .zero else { return file.ignore(because: IgnoredReason.noSubscription) }
    let tenant = row.text(Field.customerTenantId.rawValue) ?? ""
    guard !file.isForgotten(guid, tenant: tenant.utf8Span.span) else {
      return file.ignoreForgotten()
    }
    var days = [CalendarDay?](repeating: nil, count: fields.count)
    for field in Field.dates {
      let date = row.date(field.rawValue)
      switch date {
      case .day(let day): days[field.rawValue] = day
      case .unset: break
      case .noEnd where field.mayBeEndless: break
      case .noEnd, .ambiguous, .invalid:
        if field.decides {
          try file.reject(line: row.line, column: "\(field)", date.problem)
          return try file.transaction.observePresence(of: file.transaction.subscriptionId(guid))
        }
        file.note(unknownValue: "(not a date)", of: "\(field)")
      }
    }
    let state = try state(of: row, days)
    let subscription = try file.transaction.subscriptionId(guid)
    let stateId = try file.transaction.observe(
      subscription, state: state, lastUsageDate: days[Field.lastUsageDate.rawValue])
    if let earlier = seen[subscription] {
      if earlier == (stateId, days[Field.lastUsageDate.rawValue]) {
        file.rowsRepeated += 1
      } else {
        file.rowsRestated += 1
      }
    }
    seen[subscription] = (stateId, days[Field.lastUsageDate.rawValue])
    for field in [Field.creationDate, .deprovisionedDate, .lastUsageDate] {
      if let day = days[field.rawValue], day > file.observedOn {
        file.rowsFromTheFuture += 1
        break
      }
    }
    if let tenant = row.text(Field.partnerTenantId.rawValue) {
      file.takePartnerTenant(tenant.utf8Span.span)
    }
    file.accept()
  }

  func noteRejected(_ row: JSONRowParser) throws(HistoryError) {
    let tenant = row.index(ofField: Field.customerTenantId.rawValue)
      .flatMap { row.withStringBytes($0) { String(copying: $0) } }
    for field in [Field.id, .subscriptionId] {
      guard let index = row.index(ofField: field.rawValue),
        let guid = row.withStringBytes(index, { GUID(utf8: $0) }), guid != .zero,
        !file.isForgotten(guid, tenant: (tenant ?? "").utf8Span.span)
      else { continue }
      return try file.transaction.observePresence(of: file.transaction.subscriptionId(guid))
    }
  }

  private func state(
    of row: FieldRow, _ days: [CalendarDay?]
  ) throws(HistoryError) -> StateRecord {
    var record = StateRecord(values: [])
    record.values.reserveCapacity(StateRecord.columns.count)
    for field in Field.texts {
      guard let text = text(field, of: row) else {
        record.values.append(nil)
        continue
      }
      record.values.append(try file.transaction.textId(text.utf8Span.span))
    }
    for field in Field.stateDates {
      record.values.append(days[field.rawValue].map { Int64($0.daysSinceEpoch) })
    }
    record.values.append(boolean(.autoRenewEnabled, of: row).map { $0 ? 1 : 0 })
    record.values.append(count(.licenseCount, of: row))
    return record
  }

  /// A text in the form in which it is compared: GUIDs and tenants in lower case, the status in
  /// upper case.
  private func text(_ field: Field, of row: FieldRow) -> String? {
    let text = row.text(field.rawValue)
    switch field {
    case .customerTenantId: return text.map { GUID($0)?.description ?? $0.lowercased() }
    case .partnerId: return text.map { GUID($0)?.description ?? $0 }
    case .status:
      let status = SubscriptionStatus(written: text ?? "")
      if case .unknown(let word) = status { file.note(unknownValue: word, of: "status") }
      return status.name
    case .subscriptionType:
      if let text, !Self.types.contains(text.uppercased()) {
        file.note(unknownValue: text, of: "subscriptionType")
      }
      return text
    default: return text
    }
  }

  private func boolean(_ field: Field, of row: FieldRow) -> Bool? {
    switch row[field] {
    case .boolean(let boolean): return boolean
    case .integer(0): return false
    case .integer(1): return true
    case nil, .null: return nil
    default:
      guard let text = row.text(field.rawValue) else { return nil }
      if let boolean = parsedBoolean(text) { return boolean }
      file.note(unknownValue: text, of: "\(field)")
      return nil
    }
  }

  /// A whole number ≥ 0, also as text.
  private func count(_ field: Field, of row: FieldRow) -> Int64? {
    guard let text = row.text(field.rawValue) else { return nil }
    if let number = row.number(field.rawValue).value, number >= 0, number < 0x1p53,
      number == number.rounded()
    {
      return Int64(number)
    }
    file.note(unknownValue: text, of: "\(field)")
    return nil
  }
}

extension FieldRow {
  fileprivate subscript(field: Field) -> FieldValue? { values[field.rawValue] }
}
