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

  /// The import of a list of this source and file name that counts; nil when there is none.
  func listInForce(
    _ resource: Resource, source: String, file: String
  ) throws(HistoryError) -> ImportRow? {
    try listsInForce(resource)[ListName(source: source, file: file)]
  }

  private func newestLists(_ resource: Resource) throws(HistoryError) -> Set<Int64> {
    Set(try listsInForce(resource).values.map(\.id))
  }

  /// The newest import of each source and file name.
  private func listsInForce(_ resource: Resource) throws(HistoryError) -> [ListName: ImportRow] {
    var newest: [ListName: ImportRow] = [:]
    for row in try imports() where row.identity.resource == resource {
      let name = ListName(source: row.identity.source, file: row.file)
      if let known = newest[name], row.isOlder(than: known) { continue }
      newest[name] = row
    }
    return newest
  }
}

/// Lists of the same name replace each other.
private struct ListName: Hashable {
  var source: String
  var name: String

  init(source: String, file: String) {
    self.source = source
    name = file.split(separator: "/").last.map(String.init) ?? file
  }
}

extension ImportRow {
  /// Whether another list of the same name counts instead; of the same day the later import does.
  func isOlder(than other: ImportRow) -> Bool {
    (identity.observedOn, id) < (other.identity.observedOn, other.id)
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
