// Owners and exclusions: lists that people keep. A list that is edited and imported again replaces
// the one of the same source and file name; lists of other names stand beside it.

extension HistoryStore {
  func readOwners() throws(HistoryError) -> OwnerRules {
    let query = try statement(
      """
      SELECT subscriptionId, customerTenantId, partnerId, customerMarket, accountManager, email,
        validFrom, import FROM owner_rule JOIN import ON import.id = import
        JOIN source ON source.id = import.source
      ORDER BY observedOn, source.name, file, import, line
      """)
    let inForce = try newestLists(.owners)
    var rules: [OwnerRule] = []
    while try query.step() {
      guard inForce.contains(query.integer(7)) else { continue }
      let subject: OwnerRule.Subject
      if let id = query.optionalGUID(0) {
        subject = .subscription(id)
      } else if let tenant = query.optionalText(1) {
        subject = .customer(tenant)
      } else if let partner = query.optionalText(2) {
        subject = .partner(partner)
      } else {
        subject = .market(query.text(3))
      }
      rules.append(
        OwnerRule(
          subject: subject, accountManager: query.text(4), email: query.text(5),
          from: query.optionalDay(6)))
    }
    return OwnerRules(rules)
  }

  /// In the order of their observation days, sources, files and lines.
  func readExclusions() throws(HistoryError) -> [Exclusion] {
    let query = try statement(
      """
      SELECT subscriptionId, customerTenantId, reason, validFrom, import
      FROM exclusion JOIN import ON import.id = import
        JOIN source ON source.id = import.source
      ORDER BY observedOn, source.name, file, import, line
      """)
    let inForce = try newestLists(.exclusions)
    var found: [Exclusion] = []
    while try query.step() {
      guard inForce.contains(query.integer(4)),
        let reason = ExclusionReason(rawValue: query.text(2))
      else { continue }
      found.append(
        Exclusion(
          subscriptionId: query.optionalGUID(0), customerTenantId: query.optionalText(1),
          reason: reason, from: query.optionalDay(3)))
    }
    return found
  }

  func insertOwner(_ rule: OwnerRule, line: Int, importId: Int64) throws(HistoryError) {
    let insertion = try statement("INSERT INTO owner_rule VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    insertion.bind(importId, at: 1)
    insertion.bind(Int64(line), at: 2)
    for index in Int32(3)...6 { insertion.bind(nil as String?, at: index) }
    switch rule.subject {
    case .subscription(let id): insertion.bind(bytes: id.bytes.span, at: 3)
    case .customer(let tenant): insertion.bind(tenant, at: 4)
    case .partner(let partner): insertion.bind(partner, at: 5)
    case .market(let market): insertion.bind(market, at: 6)
    }
    insertion.bind(rule.accountManager, at: 7)
    insertion.bind(rule.email, at: 8)
    insertion.bind(rule.from.map { Int64($0.daysSinceEpoch) }, at: 9)
    try insertion.run()
  }

  func insertExclusion(_ exclusion: Exclusion, line: Int, importId: Int64) throws(HistoryError) {
    let insertion = try statement("INSERT INTO exclusion VALUES (?, ?, ?, ?, ?, ?)")
    insertion.bind(importId, at: 1)
    insertion.bind(Int64(line), at: 2)
    if let id = exclusion.subscriptionId {
      insertion.bind(bytes: id.bytes.span, at: 3)
    } else {
      insertion.bind(nil as String?, at: 3)
    }
    insertion.bind(exclusion.customerTenantId, at: 4)
    insertion.bind(exclusion.reason.rawValue, at: 5)
    insertion.bind(exclusion.from.map { Int64($0.daysSinceEpoch) }, at: 6)
    try insertion.run()
  }

  /// The newest import of each source and file name.
  private func newestLists(_ resource: Resource) throws(HistoryError) -> Set<Int64> {
    var newest: [String: (day: CalendarDay, id: Int64)] = [:]
    for row in try imports() where row.identity.resource == resource {
      let name = row.file.split(separator: "/").last.map(String.init) ?? row.file
      let key = "\(row.identity.source)/\(name)"
      let candidate = (day: row.identity.observedOn, id: row.id)
      if let known = newest[key], known > candidate { continue }
      newest[key] = candidate
    }
    return Set(newest.values.map(\.id))
  }
}

extension Statement {
  func optionalGUID(_ column: Int32) -> GUID? {
    isNull(column) ? nil : withBytes(column) { GUID(bytes: $0) }
  }

  func optionalDay(_ column: Int32) -> CalendarDay? {
    optionalInteger(column).map { CalendarDay(daysSinceEpoch: Int32(clamping: $0)) }
  }
}
