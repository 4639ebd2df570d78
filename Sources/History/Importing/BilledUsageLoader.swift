internal import Files

// Usage with costs: the billing exports of Microsoft Graph, FOCUS, and Insights.
//
//   a row of any of them ──► subscription, day, meter (with its currency), identity ──► BilledStaging
//                            quantity (0 unless it is use), cost
//
// Each format says under which names its fields go, what makes a row a line of its own, and what does
// not count. A row of the account as a whole, such as a tax or a support plan, belongs to no
// subscription: it is passed over and counted.

/// What the formats of billed usage have in common.
protocol BilledFormat: ImportFormat {
  /// The names that a field goes by, best first.
  func names(of field: BilledField) -> [String]
  /// Fields that, with day, meter and kind of charge, tell a line from others of its subscription.
  var identityNames: [[String]] { get }
  /// The one of them that names the resource, which makes every line of a file another one; nil where the
  /// rows are sums already.
  var resourceNames: [String]? { get }
  /// Fields that mark a row as another view of a row that is there too, when they are true.
  var repetitionNames: [[String]] { get }
  /// The currency of rows that name none: ISO 4217 has XXX for "no currency".
  var defaultCurrency: String { get }
  /// The subscription that a text names.
  func subscription(_ text: String, provider: String?) -> BilledSubscription
  /// The usage day of a row.
  func day(_ day: CalendarDay) -> CalendarDay
  /// Whether the quantity of a row with this kind of charge is use; its cost counts in any case.
  func isUse(_ charge: String?) -> Bool
}

extension BilledFormat {
  var resourceNames: [String]? { nil }
  var repetitionNames: [[String]] { [] }
  var defaultCurrency: String { "XXX" }

  func loader(_ file: FileImport) -> any RowLoader { BilledUsageLoader(self, file) }

  func subscription(_ text: String, provider: String?) -> BilledSubscription {
    guard let guid = GUID(text) else { return .invalid }
    return guid == .zero ? .none : .known(guid)
  }

  func day(_ day: CalendarDay) -> CalendarDay { day }
  func isUse(_ charge: String?) -> Bool { true }
}

/// Whose line it is.
enum BilledSubscription: Hashable {
  case known(GUID)
  /// A row of the account, which is no loss.
  case none
  case invalid
}

/// Where a value of a billed row goes.
enum BilledField: Int, CaseIterable {
  // The texts of the meter, in its order; the currency is the last of them.
  case meterCategory, meterSubcategory, meterUnit, resourceLocation, reservationOrderId
  case reservationId, consumptionMeterId, serviceType, currency
  case subscriptionId, subscriptionName, customerTenantId, customerName, partnerTenantId, provider
  case usageDate, quantity, cost, charge

  static let meterCount = 9
}

private final class BilledUsageLoader<Format: BilledFormat>: FieldRowLoader {
  let fields: [[String]]
  let file: FileImport
  private let format: Format
  private let identity: Range<Int>
  private let repetition: Range<Int>
  /// The field that names the resource.
  private let resource: Int?
  let numbersRows = true
  private var staging = BilledStaging()
  private var fromTheFuture = 0

  init(_ format: Format, _ file: FileImport) {
    self.format = format
    self.file = file
    let own = BilledField.allCases.map { format.names(of: $0) }
    identity = own.count..<own.count + format.identityNames.count
    repetition = identity.upperBound..<identity.upperBound + format.repetitionNames.count
    resource = format.resourceNames.flatMap { format.identityNames.firstIndex(of: $0) }
      .map { own.count + $0 }
    fields = own + format.identityNames + format.repetitionNames
  }

  func load(_ row: FieldRow) throws(HistoryError) {
    func text(_ field: BilledField) -> String? { row.text(field.rawValue) }
    func reject(_ field: BilledField, _ reason: String) throws(HistoryError) {
      try file.reject(
        line: row.line, column: format.names(of: field).first ?? "\(field)", reason)
    }
    if repetition.contains(where: { row.text($0).flatMap { parsedBoolean($0) } == true }) {
      return file.ignore(because: IgnoredReason.duplicate)
    }
    let guid: GUID
    switch text(.subscriptionId).map({ format.subscription($0, provider: text(.provider)) }) {
    case .known(let known): guid = known
    case .none?, nil: return file.ignore(because: IgnoredReason.noSubscription)
    case .invalid: return try reject(.subscriptionId, "the id is not a GUID")
    }
    let date =
      format.resource == .monthlyUsage
      ? row.month(BilledField.usageDate.rawValue) : row.date(BilledField.usageDate.rawValue)
    guard case .day(let written) = date, written.daysSinceEpoch >= 0 else {
      return try reject(
        .usageDate, date == .unset ? "the row has no usage date" : date.problem)
    }
    let day = format.day(written)
    guard day.daysSinceEpoch < UsageStaging.dayLimit else {
      return try reject(.usageDate, ParsedDate.invalid.problem)
    }
    let isUse = format.isUse(text(.charge))
    let quantity: Double
    switch row.number(BilledField.quantity.rawValue) {
    case .value(let value) where Amount.isPossible(value):
      quantity = isUse ? Amount.rounded(value) : 0
    case .value(let value) where value.isFinite: return try reject(.quantity, Amount.problem)
    case .missing where !isUse || text(.cost) != nil: quantity = 0
    case .ambiguous: return try reject(.quantity, ParsedNumber.ambiguous.problem)
    default: return try reject(.quantity, "the quantity is missing or not a number")
    }
    let cost: Double
    switch row.number(BilledField.cost.rawValue) {
    case .value(let value) where Amount.isPossible(value): cost = Amount.rounded(value)
    case .value(let value) where value.isFinite: return try reject(.cost, Amount.problem)
    case .missing: cost = .nan
    case .ambiguous: return try reject(.cost, ParsedNumber.ambiguous.problem)
    default: return try reject(.cost, "the cost is not a number")
    }
    try take(row, guid, BilledAmount(day: day, quantity: quantity, cost: cost))
  }

  private struct BilledAmount {
    var day: CalendarDay
    var quantity: Double
    var cost: Double
  }

  private func take(_ row: FieldRow, _ guid: GUID, _ amount: BilledAmount) throws(HistoryError) {
    let transaction = file.transaction
    if let partner = row.text(BilledField.partnerTenantId.rawValue), GUID(partner) != nil {
      file.takePartnerTenant(partner.utf8Span.span)
    }
    let tenant = row.text(BilledField.customerTenantId.rawValue) ?? ""
    let subscription = try UsageLines.rowId(of: guid, tenant: tenant.utf8Span.span, file)
    if let before = transaction.forgotten.before, amount.day < before {
      return file.ignoreForgotten()
    }
    guard subscription != UsageLines.forgotten else { return file.ignoreForgotten() }
    if transaction.takesNames(of: subscription) {
      let names = [BilledField.customerName, .subscriptionName].map { row.text($0.rawValue) ?? "" }
      try transaction.note(names: names.map { Array($0.utf8) }, of: subscription)
    }
    let line = BilledLine(
      day: amount.day.daysSinceEpoch, meter: try transaction.meterId(meterKey(row).span),
      identity: identityNumber(row), quantity: amount.quantity, cost: amount.cost)
    staging.append(
      BilledStaging.Entry(
        subscription: subscription, line: line, row: row.number,
        mayRepeat: resource.map { row.text($0) != nil } ?? true))
    if amount.day > file.observedOn, format.resource == .billing { fromTheFuture += 1 }
    file.accept()
    if staging.isFull { try transaction.flush(&staging) }
  }

  /// What tells the line from others of its day and meter: the format's own fields, the kind of charge,
  /// and the time of day, where rows are hourly.
  private func identityNumber(_ row: FieldRow) -> UInt64 {
    let written = row.text(BilledField.usageDate.rawValue) ?? ""
    let time = written.drop { $0 != "T" && $0 != " " }
    let isHourly = time.contains { $0 != "0" && $0.isNumber }
    return TextNumber(
      identity.map { row.text($0) }
        + [row.text(BilledField.charge.rawValue), isHourly ? String(time) : nil]
    ).value
  }

  private func meterKey(_ row: FieldRow) -> [UInt8] {
    var key: [UInt8] = []
    for field in 0..<BilledField.meterCount {
      var text = row.text(field) ?? ""
      if field == BilledField.currency.rawValue {
        // Never empty, which keeps the meter apart from those of the usage analytics.
        text = text.isEmpty ? format.defaultCurrency : text.uppercased()
      }
      MeterKey.append(text.utf8Span.span, to: &key)
    }
    return key
  }

  func finish() throws(HistoryError) {
    try file.transaction.flush(&staging)
    file.rowsFromTheFuture = fromTheFuture
  }
}

/// A number made from texts, the same on every machine: FNV-1a of 64 bits with a mark behind each text
/// (Fowler, Noll, Vo; RFC 9923).
struct TextNumber {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  init(_ texts: [String?]) {
    for text in texts {
      for byte in (text ?? "").utf8 { add(byte) }
      // No byte of UTF-8 is 0xFF.
      add(0xFF)
    }
  }

  /// Of one text, without the space around it.
  init(_ text: Span<UInt8>) {
    var (start, end) = (0, text.count)
    while start < end, text[start] <= UInt8(ascii: " ") { start += 1 }
    while start < end, text[end - 1] <= UInt8(ascii: " ") { end -= 1 }
    for index in start..<end { add(text[index]) }
  }

  private mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
  }
}
