extension HistoryStore {
  /// The states of a subscription with their row ids.
  func stateIds(of subscription: Int64) throws(HistoryError) -> [StateRecord: Int64] {
    var ids: [StateRecord: Int64] = [:]
    try forEachState(of: subscription) { id, record in ids[record] = id }
    return ids
  }

  func forEachState(
    of subscription: Int64, _ body: (Int64, StateRecord) -> Void
  ) throws(HistoryError) {
    let query = try statement(Self.statesQuery + "subscription = ?")
    query.bind(subscription, at: 1)
    while try query.step() { body(query.integer(0), StateRecord(row: query)) }
  }

  /// A state by its row id.
  func state(_ id: Int64) throws(HistoryError) -> StateRecord? {
    let query = try statement(Self.statesQuery + "id = ?")
    query.bind(id, at: 1)
    defer { query.reset() }
    return try query.step() ? StateRecord(row: query) : nil
  }

  private static let statesQuery =
    "SELECT id, \(StateRecord.columns.joined(separator: ", ")) FROM state WHERE "
}

extension StateRecord {
  /// A row of the id and `columns`.
  fileprivate init(row: Statement) {
    values = (1...Self.columns.count).map { row.optionalInteger(Int32($0)) }
  }
}

extension SubscriptionState {
  /// A state from the store's integers.
  ///
  /// - Parameters:
  ///   - record: As read from the table `state`.
  ///   - text: Looks up a row id of the table `text`.
  /// - Throws: what `text` throws.
  init(
    _ record: StateRecord, text: (Int64) throws(HistoryError) -> String
  ) throws(HistoryError) {
    var texts: [String?] = []
    for value in record.values[..<StateRecord.textColumnCount] {
      if let value { texts.append(try text(value)) } else { texts.append(nil) }
    }
    let days = record.values[StateRecord.dayColumns].map { value in
      value.map { CalendarDay(daysSinceEpoch: Int32(clamping: $0)) }
    }
    self.init()
    customerTenantId = texts[StateRecord.tenantColumn]
    customerName = texts[1]
    customerMarket = texts[2]
    status = SubscriptionStatus(written: texts[StateRecord.statusColumn] ?? "")
    productName = texts[4]
    subscriptionType = texts[5]
    partnerId = texts[6]
    friendlyName = texts[7]
    partnerName = texts[8]
    providerName = texts[9]
    churnRisk = texts[10]
    billingCycleName = texts[11]
    creationDate = days[0]
    effectiveStartDate = days[1]
    commitmentEndDate = days[2]
    currentStateEndDate = days[3]
    trialToPaidConversionDate = days[4]
    trialStartDate = days[5]
    trialEndDate = days[6]
    deprovisionedDate = days[7]
    lastRenewalDate = days[8]
    autoRenewEnabled = record.values[StateRecord.autoRenewColumn].map { $0 != 0 }
    licenseCount = record.values[StateRecord.licenseCountColumn].map(Int.init)
  }
}

extension SubscriptionStatus {
  /// A status as it is written, in any case.
  package init(written text: some StringProtocol) {
    switch text.trimmingSpaces().uppercased() {
    case "ACTIVE": self = .active
    case "SUSPENDED": self = .suspended
    case "DEPROVISIONED": self = .deprovisioned
    case let other: self = .unknown(other)
    }
  }

  /// The upper-case word of the reference, or the unknown one.
  package var name: String {
    switch self {
    case .active: "ACTIVE"
    case .suspended: "SUSPENDED"
    case .deprovisioned: "DEPROVISIONED"
    case .unknown(let text): text
    }
  }
}
