/// A usage line on its way to the staging.
struct UsageLine {
  /// Row id.
  var subscription: Int64
  /// From 1970-01-01 on.
  var day: CalendarDay
  /// Row id.
  var meter: Int64
  /// Finite, ≥ 0.
  var quantity: Double
}

/// The lines of one file on their way to the staging.
struct UsageLines {
  private let observedOn: CalendarDay
  private var staging = UsageStaging(capacity: 4_000_000)
  private var accepted = 0
  private var fromTheFuture = 0

  init(observedOn: CalendarDay) { self.observedOn = observedOn }

  /// Stands for the row id of a subscription whose rows are not wanted.
  static let forgotten: Int64 = -1

  mutating func append(_ line: UsageLine, _ file: FileImport) throws(HistoryError) {
    if let before = file.transaction.forgotten.before, line.day < before {
      return file.ignoreForgotten()
    }
    try add(line, file)
  }

  private mutating func add(_ line: UsageLine, _ file: FileImport) throws(HistoryError) {
    precondition(
      line.subscription < UsageStaging.subscriptionLimit, "no partner has 2^28 subscriptions")
    staging.append(
      subscription: line.subscription, day: line.day, meter: line.meter,
      // Minus zero is zero.
      quantity: line.quantity == 0 ? 0 : line.quantity)
    accepted += 1
    if line.day > observedOn { fromTheFuture += 1 }
    if staging.isFull { try file.transaction.flush(&staging) }
  }

  /// Takes coded rows; looks up the row ids that were not needed before.
  mutating func append(
    _ rows: Range<Int>, of piece: CodedUsage, from coder: UsageCoder, _ file: FileImport
  ) throws(HistoryError) {
    let coded = piece.rows.span
    let before = file.transaction.forgotten.before?.daysSinceEpoch ?? Int32.min
    for index in rows {
      let row = coded[index]
      var subscription = coder.subscriptionRowIds[Int(row.subscription)]
      if subscription == 0 {
        subscription = try lookUp(subscription: row.subscription, coder, file)
      }
      guard subscription != Self.forgotten, row.day >= before else {
        file.ignoreForgotten()
        continue
      }
      var meter = coder.meterRowIds[Int(row.meter)]
      if meter == 0 {
        meter = try file.transaction.meterId(coder.meterKey(row.meter).span)
        coder.meterRowIds[Int(row.meter)] = meter
      }
      if row.partnerTenant >= 0 {
        file.takePartnerTenant(coder.partnerTenant(row.partnerTenant).span)
      }
      try add(
        UsageLine(
          subscription: subscription, day: CalendarDay(daysSinceEpoch: row.day), meter: meter,
          quantity: row.quantity),
        file)
    }
  }

  private func lookUp(
    subscription number: Int32, _ coder: UsageCoder, _ file: FileImport
  ) throws(HistoryError) -> Int64 {
    let subscription = coder.subscription(number)
    guard let guid = subscription.guid else {
      preconditionFailure("a coded row has a subscription")
    }
    let rowId = try Self.rowId(of: guid, tenant: subscription.tenant.span, file)
    if rowId != Self.forgotten, file.transaction.takesNames(of: rowId) {
      try file.transaction.note(names: subscription.names, of: rowId)
    }
    coder.subscriptionRowIds[Int(number)] = rowId
    return rowId
  }

  /// The row id of a subscription that a usage row of a tenant names, or `forgotten`.
  static func rowId(
    of subscription: GUID, tenant: Span<UInt8>, _ file: FileImport
  ) throws(HistoryError) -> Int64 {
    guard !file.isForgotten(subscription, tenant: tenant) else { return forgotten }
    let rowId = try file.transaction.subscriptionId(subscription)
    try file.transaction.note(tenant: tenant, of: rowId)
    return rowId
  }

  mutating func finish(_ file: FileImport) throws(HistoryError) {
    try file.transaction.flush(&staging)
    file.accept(accepted)
    file.rowsFromTheFuture = fromTheFuture
    file.futureColumn = "usageDate"
  }
}
