// Who looks after which customers: a list that the partner keeps.
//
//   subscriptionId,customerTenantId,partnerId,customerMarket,accountManager,email,from
//   ,,,US,Robin Example,robin@example.com,
//   6F9619FF-8B86-D011-B42D-00C04FC964FF,,,,Kim Example,kim@example.com,2025-01-01
//
// Any of the first four columns may be missing. When a row has several, the most specific one
// counts; the others then only help the person who reads the file.
//
// The lists that `export` writes have an account manager and a subscription in each row as well. Taken
// for owners they would pin every subscription to whoever had it that week, above all other rules.

/// The owners CSV: any of the four columns that name subscriptions, `accountManager`, `email`, `from`.
struct Owners: ImportFormat {
  let name = "owners"
  let resource = Resource.owners

  func recognises(_ head: FileHead) -> Recognition {
    guard head.shape == .delimited, head.has("accountManager"), !head.has("outcome"),
      head.has("subscriptionId", "customerTenantId", "partnerId", "customerMarket")
    else { return .no }
    let isOwnList =
      head.has("churnProbability", "riskBand", "daysWithoutUsage")
      || head.has("since") && head.has("status")
      || head.has("subscriptionName") && head.has("customerName")
    guard !isOwnList else {
      return .refused(
        "this is a list that 'churn-risk export' wrote, or one made from it, and no owners file; "
          + "one that names only subscriptionId, customerTenantId, partnerId, customerMarket, "
          + "accountManager, email and from would be")
    }
    return .yes
  }

  func loader(_ file: FileImport) -> any RowLoader { OwnersLoader(file) }
}

private enum Field: Int, CaseIterable {
  case subscriptionId, customerTenantId, partnerId, customerMarket, accountManager, email, from
}

private final class OwnersLoader: FieldRowLoader {
  let fields = Field.allCases.map { ["\($0)"] }
  let file: FileImport
  /// The rules of the file, to find those that contradict each other.
  private var rules: [OwnerRule] = []

  init(_ file: FileImport) { self.file = file }

  func load(_ row: FieldRow) throws(HistoryError) {
    func text(_ field: Field) -> String? { row.text(field.rawValue) }
    func reject(_ field: Field, _ reason: String) throws(HistoryError) {
      try file.reject(line: row.line, column: "\(field)", reason)
    }
    guard let manager = text(.accountManager) else {
      return try reject(.accountManager, "the row names no account manager")
    }
    let subject: OwnerRule.Subject
    if let id = text(.subscriptionId) {
      guard let guid = GUID(id) else {
        return try reject(.subscriptionId, "the id is not a GUID")
      }
      subject = .subscription(guid)
    } else if let tenant = text(.customerTenantId) {
      subject = .customer(GUID(tenant)?.description ?? tenant.lowercased())
    } else if let partner = text(.partnerId) {
      subject = .partner(GUID(partner)?.description ?? partner.lowercased())
    } else if let market = text(.customerMarket) {
      subject = .market(market.lowercased())
    } else {
      return try reject(
        .subscriptionId, "the row names neither subscription, customer, partner nor market")
    }
    var begin: CalendarDay?
    switch row.date(Field.from.rawValue) {
    case .day(let day): begin = day
    case .unset: break
    case .noEnd: return try reject(.from, ParsedDate.invalid.problem)
    case .ambiguous, .invalid: return try reject(.from, row.date(Field.from.rawValue).problem)
    }
    let rule = OwnerRule(
      subject: subject, accountManager: manager, email: text(.email) ?? "", from: begin)
    try file.transaction.store.insertOwner(
      rule, line: row.line, importId: file.transaction.importId)
    rules.append(rule)
    file.accept()
  }

  func finish() {
    file.conflictingRows = OwnerRules(rules).conflicts.count
  }
}
