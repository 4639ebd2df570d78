// What a reader of the store needs to know before it asks for customers, gathered in one pass, or taken from
// what an earlier one left in the store; see `ObservationDigest`.
//
//   import ids ──► order by (observation day, source, id), day, explicit?, source
//   states     ──► tenant, closed?, end of commitment
//   observations, one pass by subscription ──► the tenant of each subscription's first observation
//                                         └──► who was in which export ──► ExportDay.retainedShare
//
// Memory: 9 bytes per observation while the shares are worked out, then the customers' list and little
// more than a byte per observation, so that reading customers need not look for them again.

/// An import as the readers of the store order it.
struct ImportOrder: Sendable {
  var id: Int64
  var observedOn: CalendarDay
  /// The day when it dates usage, else nil.
  var explicitDay: CalendarDay?
  /// Index into the sources, -1 for an import of a source without subscription exports.
  var source: Int
  var sourceName: String
  var resource: Resource
}

/// What brings two imports together: those of one day and source are pages of one export.
struct ImportPlace: BitwiseCopyable, Sendable, Equatable {
  var observedOn: CalendarDay
  /// As of `ImportOrder`.
  var source: Int32
}

/// The subscriptions of one customer.
struct CustomerIndex: Sendable {
  var customerTenantId: String
  /// Row ids and GUIDs, by GUID.
  var subscriptions: [(id: Int64, guid: GUID)]
}

/// Sources, meters and customers of a store, in an order that depends on their content only.
struct StoreOverview {
  var sources: [Source] = []
  var meters: [Meter] = []
  /// Index into `meters` by row id, -1 for a row id that is not used.
  private var meterIndices: [Int32] = []
  /// By (observation day, name of the source, id): the number alone would let the order in which two
  /// sources were imported decide between them.
  private(set) var imports: [ImportOrder] = []
  /// Of each of the imports.
  private(set) var places: [ImportPlace] = []
  /// Position in `imports` by import id, -1 for ids that are gone.
  private var ranks: [Int32] = []
  var customers: [CustomerIndex] = []
  private var sightings = SightingLog()
  /// The digest that all observations were read for; nil where the store held one, and for readers.
  private(set) var newDigest: ObservationDigest?
  /// How many rows of exports were accepted among them.
  private(set) var observationCount = 0
  /// By source, for each of its days.
  private var answers: [Int: [Answer]] = [:]
  /// Whether there is billed usage.
  private(set) var hasBilling = false

  init() {}

  /// What the files of a source and day say about themselves.
  private struct Answer {
    /// Rows, without those that list a subscription of their file again.
    var rows: Int64
    /// The rows of all pages, where one of them names it.
    var totalCount: Int64?
  }

  /// The position of an import in `imports`; nil for one that came after this overview.
  func rank(of importId: Int64) -> Int32? {
    guard importId >= 0, importId < ranks.count, ranks[Int(importId)] >= 0 else { return nil }
    return ranks[Int(importId)]
  }

  /// The index of a meter in `meters`; nil for one that came after this overview.
  func meterIndex(of id: Int64) -> Int32? {
    guard id >= 0, id < meterIndices.count, meterIndices[Int(id)] >= 0 else { return nil }
    return meterIndices[Int(id)]
  }

  /// Whether an export has shown a subscription; the others only usage speaks of.
  func hasObserved(_ subscription: Int64) -> Bool { sightings.has(subscription) }

  /// Reads what the exports showed of a subscription, by day, then source; what is in `seen` is replaced.
  func readSightings(of subscription: Int64, into seen: inout [Sighting]) {
    sightings.read(subscription, places, into: &seen)
  }

  /// Reads what each source showed last of a subscription, by day; what is in `seen` is replaced.
  func readNewestSightings(of subscription: Int64, into seen: inout [Sighting]) {
    readSightings(of: subscription, into: &seen)
    seen = lastOfEachSource(seen)
  }

  init(_ store: HistoryStore) throws(HistoryError) {
    try readImports(store)
    try readMeters(store)
    if let known = try store.readDigest(of: imports),
      known.exports.map(\.day) == sources.flatMap({ $0.days.map(\.day) })
    {
      use(known)
      try groupCustomers(store, known.tenants)
    } else {
      let digest = try readObservations(store)
      try groupCustomers(store, digest.tenants)
      if store.writes { newDigest = digest }
    }
    hasBilling = try store.connection.integer("SELECT 1 FROM billing LIMIT 1") != nil
  }

  // MARK: - Imports and meters

  private mutating func readImports(_ store: HistoryStore) throws(HistoryError) {
    let exporting = try store.statement(
      """
      SELECT source.name, observedOn, sum(hasNextLink = 0), max(totalCount),
        sum(rowsAccepted + rowsRejected + rowsIgnored)
      FROM import JOIN source ON source.id = import.source
      WHERE resource = 'subscriptions' GROUP BY source.name, observedOn ORDER BY 1, 2
      """)
    while try exporting.step() {
      let name = exporting.text(0)
      if sources.last?.name != name { sources.append(Source(name: name, days: [])) }
      // Several files of a day are pages: one of them must be the last. Whether together they reach
      // the count that one of them names is known when their subscriptions are: pages may overlap.
      sources[sources.count - 1].days.append(
        ExportDay(
          day: CalendarDay(daysSinceEpoch: Int32(clamping: exporting.integer(1))), rows: 0,
          hasAllPages: exporting.integer(2) > 0, retainedShare: 1))
      answers[sources.count - 1, default: []].append(
        Answer(rows: exporting.integer(4), totalCount: exporting.optionalInteger(3)))
    }
    let indices = Dictionary(uniqueKeysWithValues: sources.enumerated().map { ($1.name, $0) })
    let query = try store.statement(
      """
      SELECT import.id, observedOn, dayOrigin, source.name, resource
      FROM import JOIN source ON source.id = import.source
      ORDER BY observedOn, source.name, import.id
      """)
    while try query.step() {
      let day = CalendarDay(daysSinceEpoch: Int32(clamping: query.integer(1)))
      let isExplicit = DayOrigin(rawValue: query.text(2))?.isExplicit ?? false
      let name = query.text(3)
      guard let resource = Resource(rawValue: query.text(4)) else { continue }
      if resource.hasDailyUsage, isExplicit, let index = indices[name],
        sources[index].usageDays.last != day
      {
        sources[index].usageDays.append(day)
      }
      imports.append(
        ImportOrder(
          id: query.integer(0), observedOn: day, explicitDay: isExplicit ? day : nil,
          source: indices[name] ?? -1, sourceName: name, resource: resource))
    }
    ranks = [Int32](repeating: -1, count: Int(imports.map(\.id).max() ?? 0) + 1)
    for (rank, entry) in imports.enumerated() { ranks[Int(entry.id)] = Int32(rank) }
    places = imports.map { ImportPlace(observedOn: $0.observedOn, source: Int32($0.source)) }
  }

  private mutating func readMeters(_ store: HistoryStore) throws(HistoryError) {
    var found: [(id: Int, meter: Meter, fields: [String])] = []
    let query = try store.statement(
      "SELECT * FROM meter WHERE id IN (SELECT meter FROM usage_meter) ORDER BY id")
    while try query.step() {
      let meter = Meter(row: query)
      found.append((Int(query.integer(0)), meter, meter.fields))
    }
    meterIndices = [Int32](repeating: -1, count: (found.last?.id ?? 0) + 1)
    found.sort { $0.fields.lexicographicallyPrecedes($1.fields) }
    for (index, entry) in found.enumerated() { meterIndices[entry.id] = Int32(index) }
    meters = found.map(\.meter)
  }

  // MARK: - Observations

  /// What completeness and grouping need to know of a state.
  private struct StateSummary {
    var tenant: Int64?
    var isClosed = false
    /// The last day of the commitment, or a day that never comes.
    var commitmentEnd = Int32.max
  }

  /// One observation on its way to the shares.
  private struct Presence {
    var subscription: Int32
    /// The first day on which absence would be no surprise; `Int32.min` when it is closed already.
    var expectedBefore: Int32
  }

  /// Takes over what all observations amounted to.
  private mutating func use(_ digest: ObservationDigest) {
    sightings = digest.sightings
    answers = [:]
    var exports = digest.exports[...]
    for source in sources.indices {
      let count = sources[source].days.count
      sources[source].days = Array(exports.prefix(count))
      exports = exports.dropFirst(count)
    }
  }

  /// Reads all observations once.
  ///
  /// - Returns: what they amount to, which is taken over already.
  private mutating func readObservations(
    _ store: HistoryStore
  ) throws(HistoryError) -> ObservationDigest {
    let summaries = try readStateSummaries(store)
    // All exports in a row, those of each source by day.
    let firstExports = sources.indices.map { source in
      sources[..<source].reduce(0) { $0 + $1.days.count }
    }
    let exports = exportsByRank(firstExports)
    let exportCount = sources.reduce(0) { $0 + $1.days.count }
    var rows = [Int](repeating: 0, count: exportCount)
    var sharedRows = rows
    var presences = [[Presence]](repeating: [], count: exportCount)
    var tenants: [Int64: Int64] = [:]
    let subscriptionLimit = Int(
      try store.connection.integer("SELECT max(id) FROM subscription") ?? 0)
    func summary(of sighting: Sighting) -> StateSummary {
      sighting.state < summaries.count ? summaries[Int(sighting.state)] : StateSummary()
    }
    try store.forEachSubscription(in: self) { subscription, seen in
      let known = seen.lazy.compactMap { summary(of: $0).tenant }
      if let tenant = known.first { tenants[subscription] = tenant }
      sightings.append(seen, of: subscription, places)
      for sighting in seen {
        let export = exports[Int(sighting.rank)]
        guard export >= 0 else { continue }
        if sighting.isAccepted { rows[export] += 1 }
        sharedRows[export] += Int(sighting.imports) - 1
        let summary = summary(of: sighting)
        let end = summary.commitmentEnd
        presences[export].append(
          Presence(
            subscription: Int32(subscription),
            expectedBefore: summary.isClosed ? Int32.min : end == Int32.max ? end : end + 1))
      }
    }
    for source in sources.indices {
      for day in sources[source].days.indices {
        sources[source].days[day].rows = rows[firstExports[source] + day]
        sources[source].days[day].sharedRows = sharedRows[firstExports[source] + day]
      }
    }
    for (source, answers) in answers {
      for (day, answer) in answers.enumerated() {
        let found = answer.rows - Int64(sources[source].days[day].sharedRows)
        if let total = answer.totalCount, found < total {
          sources[source].days[day].hasAllPages = false
        }
      }
    }
    answers = [:]
    for index in sources.indices {
      let first = firstExports[index]
      setRetainedShares(
        source: index, Array(presences[first..<first + sources[index].days.count]),
        subscriptionLimit: subscriptionLimit)
    }
    observationCount = rows.reduce(0, +)
    var digest = ObservationDigest()
    digest.exports = sources.flatMap(\.days)
    (digest.tenants, digest.sightings) = (tenants, sightings)
    return digest
  }

  /// The position of each import's export among all of them, -1 for those that are none.
  private func exportsByRank(_ firstExports: [Int]) -> [Int] {
    let dayIndices = sources.map { source in
      Dictionary(uniqueKeysWithValues: source.days.enumerated().map { ($1.day, $0) })
    }
    return imports.map { order in
      guard order.source >= 0, let day = dayIndices[order.source][order.observedOn] else {
        return -1
      }
      return firstExports[order.source] + day
    }
  }

  private func lastOfEachSource(_ seen: [Sighting]) -> [Sighting] {
    guard sources.count > 1 else { return Array(seen.suffix(1)) }
    var last: [Sighting] = []
    for sighting in seen.reversed() {
      let source = places[Int(sighting.rank)].source
      if !last.contains(where: { places[Int($0.rank)].source == source }) { last.append(sighting) }
    }
    return last.reversed()
  }

  private func readStateSummaries(_ store: HistoryStore) throws(HistoryError) -> [StateSummary] {
    let limit = try store.connection.integer("SELECT max(id) FROM state") ?? 0
    var summaries = [StateSummary](repeating: StateSummary(), count: Int(limit) + 1)
    let query = try store.statement(
      """
      SELECT id, customerTenantId, commitmentEndDate,
        status IN (SELECT id FROM text WHERE value IN ('SUSPENDED', 'DEPROVISIONED'))
          OR deprovisionedDate IS NOT NULL
      FROM state
      """)
    while try query.step() {
      summaries[Int(query.integer(0))] = StateSummary(
        tenant: query.optionalInteger(1), isClosed: query.integer(3) != 0,
        commitmentEnd: query.optionalInteger(2).map { Int32(clamping: $0) } ?? Int32.max)
    }
    return summaries
  }

  /// Compares each export with the last complete one before it.
  ///
  /// A share that is really lost stays lost: when an export lacks it but the next one, with all its
  /// pages, still shows what the first one showed, the loss is confirmed and the new one counts as
  /// complete. Otherwise one customer's departure would keep a source incomplete for ever.
  private mutating func setRetainedShares(
    source: Int, _ presences: [[Presence]], subscriptionLimit: Int
  ) {
    var lastSeen = [Int32](repeating: -1, count: subscriptionLimit + 1)
    var reference: Int?
    for day in sources[source].days.indices {
      for presence in presences[day] { lastSeen[Int(presence.subscription)] = Int32(day) }
      let today = sources[source].days[day].day.daysSinceEpoch
      func retainedShare(of earlier: Int) -> Double {
        var expected = 0
        var retained = 0
        for presence in presences[earlier] where presence.expectedBefore > today {
          expected += 1
          if lastSeen[Int(presence.subscription)] == Int32(day) { retained += 1 }
        }
        return expected == 0 ? 1 : Double(retained) / Double(expected)
      }
      if let reference {
        sources[source].days[day].retainedShare = retainedShare(of: reference)
        if !sources[source].days[day].isComplete, reference < day - 1,
          sources[source].days[day - 1].hasAllPages
        {
          let confirmed = retainedShare(of: day - 1)
          if confirmed >= ExportDay.completeShare {
            sources[source].days[day].retainedShare = confirmed
          }
        }
      }
      if sources[source].days[day].isComplete { reference = day }
    }
  }
}
