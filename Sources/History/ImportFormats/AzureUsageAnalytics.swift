internal import Files

// Partner Center's Azure usage analytics: one row per subscription, day and meter.
//
//   GET /partner/v1/analytics/usage/azure, in any JSON envelope or as JSON Lines
//   https://learn.microsoft.com/partner-center/developer/get-all-azure-usage-analytics
//
// There are millions of these, so a row is read from its members without a String per field: the
// GUID, the date and the number from their bytes, and the eight texts of the meter as one key.

/// The Azure usage analytics resource.
struct AzureUsageAnalytics: ImportFormat {
  let name = "Azure usage analytics"
  let resource = Resource.usage

  func recognises(_ head: FileHead) -> Recognition {
    guard head.shape != .delimited, head.has("quantity"), head.has("meterCategory", "usageDate"),
      !head.has("status")
    else { return .no }
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
  case subscriptionId, usageDate, quantity, customerTenantId, partnerTenantId
  // Known, and left to the subscription analytics.
  case customerName, subscriptionName

  static let meterCount = 8
}

private final class UsageLoader: RowLoader {
  let fields = Field.allCases.map { ["\($0)"] }
  private let file: FileImport
  // One value, so that the many small steps of a row are one access to this object.
  private var lines: UsageLines

  init(_ file: FileImport) {
    self.file = file
    lines = UsageLines(observedOn: file.observedOn)
  }

  func load(_ row: JSONRowParser, line: Int) throws(HistoryError) {
    try row.withRow { (members, text) throws(HistoryError) in
      try lines.load(members, text, line: line, file)
    }
  }

  func finish() throws(HistoryError) {
    try lines.finish(file)
  }
}

/// The lines of one file on their way to the staging.
private struct UsageLines {
  private let observedOn: CalendarDay
  private var staging = UsageStaging(capacity: 4_000_000)
  private var accepted = 0
  private var ignored = 0
  private var fromTheFuture = 0

  // What the bytes of an id, a date and a meter stand for, by the number of the bytes.
  private var idTexts = ByteInterner()
  private var subscriptions: [Int64] = []
  private var dateTexts = ByteInterner()
  private var days: [ParsedDate] = []
  private var meterKeys = ByteInterner()
  private var meters: [Int64] = []
  private var meterKey: [UInt8] = []

  /// Row ids count from 1; these stand for ids that are none, and for the zero GUID.
  private static let notAGUID: Int64 = -1
  private static let zero: Int64 = 0
  /// Distinct texts that are remembered; hostile files with more only cost time.
  private static let textLimit = 1 << 20

  init(observedOn: CalendarDay) { self.observedOn = observedOn }

  mutating func load(
    _ row: Span<JSONMember>, _ text: Span<UInt8>, line: Int, _ file: FileImport
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
    func reject(_ field: Field, _ reason: String) throws(HistoryError) {
      try file.reject(line: line, column: "\(field)", reason)
    }

    guard let id = member(.subscriptionId), id.kind == .string, !id.text.isEmpty else {
      return try reject(.subscriptionId, "the row has no subscription id")
    }
    let subscription = try subscription(
      text.extracting(id.text), tenant: text.extracting(member(.customerTenantId)?.text ?? 0..<0),
      file.transaction)
    guard subscription != Self.notAGUID else {
      return try reject(.subscriptionId, "the id is not a GUID")
    }
    guard subscription != Self.zero else {
      ignored += 1
      return
    }
    guard let date = member(.usageDate), date.kind != .null else {
      return try reject(.usageDate, "the row has no usage date")
    }
    let day: CalendarDay
    switch date.kind == .string ? self.date(text.extracting(date.text)) : .invalid {
    case .day(let found) where found.daysSinceEpoch >= 0: day = found
    case .unset: return try reject(.usageDate, "the row has no usage date")
    default: return try reject(.usageDate, "the date is impossible or not a date")
    }
    guard let quantity = Self.quantity(member(.quantity), text) else {
      return try reject(.quantity, "the quantity is missing or not a number")
    }
    guard quantity.isFinite else { return try reject(.quantity, "the quantity is not finite") }
    guard quantity >= 0 else { return try reject(.quantity, "the quantity is negative") }
    if let partner = member(.partnerTenantId), partner.kind == .string {
      file.takePartnerTenant(text.extracting(partner.text))
    }

    meterKey.removeAll(keepingCapacity: true)
    for field in 0..<Field.meterCount {
      let index = members[field]
      MeterKey.append(text.extracting(index < 0 ? 0..<0 : row[index].text), to: &meterKey)
    }
    staging.append(
      subscription: subscription, day: day, meter: try meter(file.transaction),
      // Minus zero is zero.
      quantity: quantity == 0 ? 0 : quantity)
    accepted += 1
    if day > observedOn { fromTheFuture += 1 }
    if staging.isFull { try file.transaction.flush(&staging) }
  }

  mutating func finish(_ file: FileImport) throws(HistoryError) {
    try file.transaction.flush(&staging)
    file.accept(accepted)
    file.ignore(ignored)
    file.rowsFromTheFuture = fromTheFuture
  }

  /// The row id of the subscription with this id.
  private mutating func subscription(
    _ id: Span<UInt8>, tenant: Span<UInt8>, _ transaction: ImportTransaction
  ) throws(HistoryError) -> Int64 {
    let number = idTexts.number(of: id)
    if number < subscriptions.count { return subscriptions[number] }
    guard number < Self.textLimit else {
      idTexts = ByteInterner()
      subscriptions = []
      return try subscription(id, tenant: tenant, transaction)
    }
    let found: Int64
    switch GUID(utf8: id) {
    case nil: found = Self.notAGUID
    case .zero: found = Self.zero
    case let guid?:
      found = try transaction.subscriptionId(guid)
      precondition(found < UsageStaging.subscriptionLimit, "no partner has 2^28 subscriptions")
      try transaction.note(tenant: tenant, of: found)
    }
    subscriptions.append(found)
    return found
  }

  private mutating func date(_ written: Span<UInt8>) -> ParsedDate {
    let number = dateTexts.number(of: written)
    if number < days.count { return days[number] }
    guard number < Self.textLimit else {
      dateTexts = ByteInterner()
      days = []
      return date(written)
    }
    days.append(ParsedDate(utf8: written))
    return days[number]
  }

  /// The row id of the meter whose key was put together.
  private mutating func meter(_ transaction: ImportTransaction) throws(HistoryError) -> Int64 {
    let key = meterKey
    let number = meterKeys.number(of: key.span)
    if number < meters.count { return meters[number] }
    meters.append(try transaction.meterId(key.span))
    return meters[number]
  }

  private static func quantity(_ member: JSONMember?, _ text: Span<UInt8>) -> Double? {
    switch member?.kind {
    case .integer, .number: member?.number
    case .string: member.flatMap { parsedNumber(String(copying: text.extracting($0.text))) }
    default: nil
    }
  }
}
