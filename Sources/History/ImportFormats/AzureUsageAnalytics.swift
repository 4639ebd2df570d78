internal import Files

// Partner Center's Azure usage analytics: one row per subscription, day and meter.
//
//   GET /partner/v1/analytics/usage/azure, in any JSON envelope, as JSON Lines, or as a table with
//   the same names in its header
//   https://learn.microsoft.com/partner-center/developer/get-all-azure-usage-analytics
//
// There are millions of these, so plain rows are coded on several threads (`UsageCoder`). The loader
// here reads one row at a time and decides what is wrong with a row; it takes what the coder made.

/// The Azure usage analytics resource.
struct AzureUsageAnalytics: ImportFormat {
  let name = "Azure usage analytics"
  let resource = Resource.usage

  func recognises(_ head: FileHead) -> Recognition {
    guard head.has("quantity"), head.has("meterCategory", "usageDate"), !head.has("status") else {
      return .no
    }
    // In billing usage the SubscriptionId names the plan and not the Azure subscription.
    guard !head.has("entitlementId", "billedCost") else { return .no }
    guard head.has("subscriptionId"), head.has("usageDate") else {
      return .refused(
        "these are sums of an aggregated answer (groupby) without subscriptionId or usageDate; "
          + "request the resource without groupby")
    }
    return .yes
  }

  func loader(_ file: FileImport) -> any RowLoader { UsageLoader(file) }
}

/// Where a value of a row goes.
private enum Field: Int, CaseIterable {
  // The texts of the meter, in the order of its fields.
  case meterCategory, meterSubcategory, meterUnit, resourceLocation, reservationOrderId
  case reservationId, consumptionMeterId, serviceType
  // Side by side, because together they tell who used something.
  case subscriptionId, customerTenantId
  case usageDate, quantity, partnerTenantId
  // Side by side; kept of the first row of each subscription.
  case customerName, subscriptionName

  static let meterCount = 8
}

private final class UsageLoader: BlockLoader, FieldRowLoader {
  let fields = Field.allCases.map { ["\($0)"] }
  let numberFields: Set = [Field.quantity.rawValue]
  let dateFields: Set = [Field.usageDate.rawValue]
  let laxFields = Set(
    Array(0..<Field.meterCount) + [Field.customerName.rawValue, Field.subscriptionName.rawValue])
  let file: FileImport
  // One value, so that the many small steps of a row are one access to this object.
  private var lines: UsageLines

  init(_ file: FileImport) {
    self.file = file
    lines = UsageLines(observedOn: file.observedOn)
  }

  func load(_ row: JSONRowParser, line: Int) throws(HistoryError) {
    try row.withRow { (members, text) throws(HistoryError) in
      try load(members, text, line: line)
    }
  }

  func makeCoder() -> UsageCoder {
    let identity = Field.subscriptionId.rawValue
    let names = Field.customerName.rawValue
    return UsageCoder(
      UsageCoder.Fields(
        identity: identity..<identity + 2, names: names..<names + 2,
        usageDate: Field.usageDate.rawValue,
        meter: 0..<Field.meterCount, partnerTenant: Field.partnerTenantId.rawValue,
        quantity: Field.quantity.rawValue))
  }

  func learn(_ coded: CodedUsage, from worker: Int) { lines.learn(coded, from: worker) }

  func take(_ rows: Range<Int>, of coded: CodedUsage, from worker: Int) throws(HistoryError) {
    try lines.append(rows, of: coded, from: worker, file)
  }

  var isFull: Bool { lines.isFull }

  func flush() throws(HistoryError) { try lines.flush(file) }

  func finish() throws(HistoryError) {
    try lines.finish(file)
  }

  func load(_ row: FieldRow) throws(HistoryError) {
    func text(_ field: Int) -> [UInt8] {
      guard case .text(let text) = row.values[field] else { return [] }
      return Array(text.utf8)
    }
    let id = row.text(Field.subscriptionId.rawValue)
    var meter: [UInt8] = []
    for field in 0..<Field.meterCount { MeterKey.append(text(field).span, to: &meter) }
    let subscription = try take(
      UsageReading(
        id: id.map { GUID($0).map { .guid($0) } ?? .notAGUID } ?? .missing,
        date: row.date(Field.usageDate.rawValue),
        quantity: row.number(Field.quantity.rawValue),
        tenant: text(Field.customerTenantId.rawValue),
        partnerTenant: text(Field.partnerTenantId.rawValue), meter: meter),
      line: row.line)
    guard let subscription, file.transaction.takesNames(of: subscription) else { return }
    try file.transaction.note(
      names: [text(Field.customerName.rawValue), text(Field.subscriptionName.rawValue)],
      of: subscription)
  }

  private func load(
    _ row: Span<JSONMember>, _ text: Span<UInt8>, line: Int
  ) throws(HistoryError) {
    var members = InlineArray<15, Int>(repeating: -1)
    for index in row.indices {
      let field = row[index].field
      if field >= 0 {
        members[field] = index
      } else {
        file.note(unknownColumn: text.extracting(row[index].key))
      }
    }
    func member(_ field: Field) -> JSONMember? {
      let index = members[field.rawValue]
      return index < 0 ? nil : row[index]
    }
    func bytes(_ index: Int) -> [UInt8] {
      var bytes: [UInt8] = []
      if index >= 0 { bytes.append(copying: text.extracting(row[index].text)) }
      return bytes
    }
    var id = UsageReading.Id.missing
    if let member = member(.subscriptionId), member.kind == .string, !member.text.isEmpty {
      id = GUID(utf8: text.extracting(member.text)).map { .guid($0) } ?? .notAGUID
    }
    var date = ParsedDate.unset
    if let member = member(.usageDate), member.kind != .null {
      date = member.kind == .string ? ParsedDate(utf8: text.extracting(member.text)) : .invalid
    }
    var meter: [UInt8] = []
    for field in 0..<Field.meterCount {
      let index = members[field]
      MeterKey.append(text.extracting(index < 0 ? 0..<0 : row[index].text), to: &meter)
    }
    let subscription = try take(
      UsageReading(
        id: id, date: date,
        quantity: Self.quantity(member(.quantity), text).map { .value($0) } ?? .missing,
        tenant: bytes(members[Field.customerTenantId.rawValue]),
        partnerTenant: bytes(members[Field.partnerTenantId.rawValue]), meter: meter),
      line: line)
    guard let subscription, file.transaction.takesNames(of: subscription) else { return }
    try file.transaction.note(
      names: [
        bytes(members[Field.customerName.rawValue]),
        bytes(members[Field.subscriptionName.rawValue]),
      ],
      of: subscription)
  }

  private static func quantity(_ member: JSONMember?, _ text: Span<UInt8>) -> Double? {
    switch member?.kind {
    case .integer, .number: member?.number
    case .string: member.flatMap { parsedNumber(String(copying: text.extracting($0.text))) }
    default: nil
    }
  }

  /// Takes one row, or says what is wrong with it.
  ///
  /// - Returns: the row id of its subscription; nil when it was not taken.
  private func take(_ row: UsageReading, line: Int) throws(HistoryError) -> Int64? {
    func reject(_ field: Field, _ reason: String) throws(HistoryError) -> Int64? {
      try file.reject(line: line, column: "\(field)", reason)
      return nil
    }
    let guid: GUID
    switch row.id {
    case .guid(.zero):
      file.ignore(because: IgnoredReason.noSubscription)
      return nil
    case .guid(let found): guid = found
    case .missing: return try reject(.subscriptionId, "the row has no subscription id")
    case .notAGUID: return try reject(.subscriptionId, "the id is not a GUID")
    }
    let day: CalendarDay
    switch row.date {
    case .day(let found) where found.daysSinceEpoch >= 0: day = found
    case .unset: return try reject(.usageDate, "the row has no usage date")
    default: return try reject(.usageDate, row.date.problem)
    }
    guard let quantity = row.quantity.value else {
      return try reject(
        .quantity,
        row.quantity == .ambiguous
          ? row.quantity.problem : "the quantity is missing or not a number")
    }
    guard quantity.isFinite else { return try reject(.quantity, "the quantity is not finite") }
    guard quantity >= 0 else { return try reject(.quantity, "the quantity is negative") }
    guard Amount.isPossible(quantity) else { return try reject(.quantity, Amount.problem) }
    file.takePartnerTenant(row.partnerTenant.span)
    let subscription = try UsageLines.rowId(of: guid, tenant: row.tenant.span, file)
    guard subscription != UsageLines.forgotten else {
      file.ignoreForgotten()
      return nil
    }
    try lines.append(
      UsageLine(
        subscription: subscription, day: day, meter: try file.transaction.meterId(row.meter.span),
        quantity: Amount.rounded(quantity)),
      file)
    return subscription
  }
}

/// What a row says, as far as it can be read.
private struct UsageReading {
  enum Id {
    case missing, notAGUID
    case guid(GUID)
  }

  var id: Id
  var date: ParsedDate
  var quantity: ParsedNumber
  /// Empty for none, as is `partnerTenant`.
  var tenant: [UInt8]
  var partnerTenant: [UInt8]
  /// As `MeterKey` makes it.
  var meter: [UInt8]
}
