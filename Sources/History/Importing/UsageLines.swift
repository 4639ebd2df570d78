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
  /// What the numbers of each worker stand for.
  private var dictionaries: [UsageDictionary] = []
  private var accepted = 0
  private var fromTheFuture = 0

  init(observedOn: CalendarDay) { self.observedOn = observedOn }

  /// Stands for the row id of a subscription whose rows are not wanted.
  static let forgotten: Int64 = -1

  mutating func append(_ line: UsageLine, _ file: FileImport) throws(HistoryError) {
    if let before = file.transaction.forgotten.before, line.day < before {
      return file.ignoreForgotten()
    }
    add(line)
    if isFull { try flush(file) }
  }

  /// Whether lines should be flushed before more are added.
  var isFull: Bool { staging.isFull }

  mutating func flush(_ file: FileImport) throws(HistoryError) {
    try file.transaction.flush(&staging)
  }

  private mutating func add(_ line: UsageLine) {
    precondition(
      line.subscription < UsageStaging.subscriptionLimit, "no partner has 2^28 subscriptions")
    staging.append(
      subscription: line.subscription, day: line.day, meter: line.meter,
      // Minus zero is zero.
      quantity: line.quantity == 0 ? 0 : line.quantity)
    accepted += 1
    if line.day > observedOn { fromTheFuture += 1 }
  }

  /// Hears what numbers stand for that a worker gave out for the first time.
  mutating func learn(_ coded: CodedUsage, from worker: Int) {
    while dictionaries.count <= worker { dictionaries.append(UsageDictionary()) }
    if coded.beginsAnew { dictionaries[worker] = UsageDictionary() }
    dictionaries[worker].add(coded)
  }

  /// Takes coded rows; looks up the row ids that were not needed before.
  mutating func append(
    _ rows: Range<Int>, of coded: CodedUsage, from worker: Int, _ file: FileImport
  ) throws(HistoryError) {
    var dictionary = UsageDictionary()
    swap(&dictionary, &dictionaries[worker])
    defer { swap(&dictionary, &dictionaries[worker]) }
    let coded = coded.rows.span
    let before = file.transaction.forgotten.before?.daysSinceEpoch ?? Int32.min
    for index in rows {
      let row = coded[index]
      var subscription = dictionary.subscriptionRowIds[Int(row.subscription)]
      if subscription == 0 {
        subscription = try Self.lookUp(row.subscription, &dictionary, file)
      }
      guard subscription != Self.forgotten, row.day >= before else {
        file.ignoreForgotten()
        continue
      }
      var meter = dictionary.meterRowIds[Int(row.meter)]
      if meter == 0 {
        let key = dictionary.meters[Int(row.meter)]
        meter = try file.transaction.meterId(key.span)
        dictionary.meterRowIds[Int(row.meter)] = meter
      }
      if row.partnerTenant >= 0 {
        let partner = dictionary.partnerTenants[Int(row.partnerTenant)]
        file.takePartnerTenant(partner.span)
      }
      add(
        UsageLine(
          subscription: subscription, day: CalendarDay(daysSinceEpoch: row.day), meter: meter,
          quantity: row.quantity))
    }
  }

  private static func lookUp(
    _ number: Int32, _ dictionary: inout UsageDictionary, _ file: FileImport
  ) throws(HistoryError) -> Int64 {
    let subscription = dictionary.subscriptions[Int(number)]
    guard let guid = subscription.guid else {
      preconditionFailure("a coded row has a subscription")
    }
    let rowId = try rowId(of: guid, tenant: subscription.tenant.span, file)
    if rowId != Self.forgotten, file.transaction.takesNames(of: rowId) {
      try file.transaction.note(names: subscription.names, of: rowId)
    }
    dictionary.subscriptionRowIds[Int(number)] = rowId
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

/// What the numbers of one worker's coder stand for, and their row ids in the store.
private struct UsageDictionary {
  var subscriptions: [CodedUsage.Subscription] = []
  var meters: [[UInt8]] = []
  var partnerTenants: [[UInt8]] = []
  /// By number; 0 = not looked up yet.
  var subscriptionRowIds: [Int64] = []
  var meterRowIds: [Int64] = []

  mutating func add(_ coded: CodedUsage) {
    subscriptions += coded.subscriptions
    meters += coded.meters
    partnerTenants += coded.partnerTenants
    subscriptionRowIds += repeatElement(0, count: coded.subscriptions.count)
    meterRowIds += repeatElement(0, count: coded.meters.count)
  }
}
