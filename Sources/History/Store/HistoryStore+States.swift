extension HistoryStore {
  /// The states of a subscription with their row ids.
  func stateIds(of subscription: Int64) throws(HistoryError) -> [StateRecord: Int64] {
    var ids: [StateRecord: Int64] = [:]
    let query = try statement(StateRecord.query + "subscription = ?")
    query.bind(subscription, at: 1)
    while try query.step() { ids[StateRecord(row: query)] = query.integer(0) }
    return ids
  }
}

extension StateRecord {
  /// Asks for the id and `columns` of the states for which the rest of the query holds.
  static let query = "SELECT id, \(columns.joined(separator: ", ")) FROM state WHERE "

  /// A row of `query`.
  fileprivate init(row: Statement) {
    values = (1...Self.columns.count).map { row.optionalInteger(Int32($0)) }
  }
}

extension SubscriptionState {
  /// A state from a row of `StateRecord.query`.
  ///
  /// - Parameters:
  ///   - row: the days and numbers are read from it.
  ///   - texts: of its text columns.
  ///   - status: what the text of its status says.
  init(row: Statement, texts: [String?], status: SubscriptionStatus) {
    func integer(_ column: Int) -> Int64? { row.optionalInteger(Int32(column + 1)) }
    func day(_ index: Int) -> CalendarDay? {
      integer(StateRecord.dayColumns.lowerBound + index).map {
        CalendarDay(daysSinceEpoch: Int32(clamping: $0))
      }
    }
    self.init()
    self.status = status
    customerTenantId = texts[StateRecord.tenantColumn]
    customerName = texts[1]
    customerMarket = texts[2]
    productName = texts[4]
    subscriptionType = texts[5]
    partnerId = texts[6]
    friendlyName = texts[7]
    partnerName = texts[8]
    providerName = texts[9]
    churnRisk = texts[10]
    billingCycleName = texts[11]
    creationDate = day(0)
    effectiveStartDate = day(1)
    commitmentEndDate = day(2)
    currentStateEndDate = day(3)
    trialToPaidConversionDate = day(4)
    trialStartDate = day(5)
    trialEndDate = day(6)
    deprovisionedDate = day(7)
    lastRenewalDate = day(8)
    autoRenewEnabled = integer(StateRecord.autoRenewColumn).map { $0 != 0 }
    licenseCount = integer(StateRecord.licenseCountColumn).map(Int.init)
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
