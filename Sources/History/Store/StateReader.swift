/// Reads the states of one subscription after the other, remembering the texts that many of them share.
struct StateReader {
  private let store: HistoryStore
  private var texts: [Int64: String] = [:]
  /// What the texts of statuses say.
  private var statuses: [Int64: SubscriptionStatus] = [:]
  // Of the row read last: a state has most texts of the one before it.
  private var lastIds = [Int64?](repeating: nil, count: StateRecord.textColumnCount)
  private var lastTexts = [String?](repeating: nil, count: StateRecord.textColumnCount)
  private var lastStatus = SubscriptionStatus(written: "")
  private var ofSubscription: Statement?
  private var ofId: Statement?
  private var ofText: Statement?

  /// Row ids of the states that were read, ascending.
  private(set) var ids: [Int64] = []
  /// The states of `ids`.
  private(set) var states: [SubscriptionState] = []

  private static let bySubscription = StateRecord.query + "subscription = ? ORDER BY id"
  private static let byId = StateRecord.query + "id = ?"

  /// Above this many texts the memory starts afresh.
  private static let textLimit = 200_000
  /// Texts that came into the store together are mostly asked for together, and cost little more than one.
  private static let textsAtOnce: Int64 = 16

  init(_ store: HistoryStore) { self.store = store }

  /// Reads all states of a subscription instead of those before.
  mutating func read(of subscription: Int64) throws(HistoryError) {
    removeAll()
    let query = try store.statement(keptIn: &ofSubscription, Self.bySubscription)
    query.bind(subscription, at: 1)
    while try query.step() { try append(query) }
  }

  /// Reads some states instead of those before.
  ///
  /// - Parameter ids: ascending; those that there are not are passed over.
  /// - Throws: `.unusable` when the store is damaged.
  mutating func read(_ ids: [Int64]) throws(HistoryError) {
    removeAll()
    let query = try store.statement(keptIn: &ofId, Self.byId)
    for id in ids {
      query.bind(id, at: 1)
      while try query.step() { try append(query) }
    }
  }

  /// Where a state is among those that were read; nil when it is not.
  func position(of id: Int64) -> Int? {
    var (low, high) = (0, ids.count)
    while low < high {
      let middle = (low + high) / 2
      if ids[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low < ids.count && ids[low] == id ? low : nil
  }

  private mutating func removeAll() {
    ids.removeAll(keepingCapacity: true)
    states = []
  }

  private mutating func append(_ row: Statement) throws(HistoryError) {
    for column in 0..<StateRecord.textColumnCount {
      let id = row.optionalInteger(Int32(column + 1))
      if id == lastIds[column] { continue }
      let text: String? = if let id { try text(id) } else { nil }
      if column == StateRecord.statusColumn { lastStatus = status(id, text) }
      lastTexts[column] = text
      lastIds[column] = id
    }
    ids.append(row.integer(0))
    states.append(SubscriptionState(row: row, texts: lastTexts, status: lastStatus))
  }

  private mutating func text(_ id: Int64) throws(HistoryError) -> String {
    if let known = texts[id] { return known }
    if texts.count >= Self.textLimit { texts.removeAll() }
    let query = try store.statement(
      keptIn: &ofText, "SELECT id, value FROM text WHERE id >= ? ORDER BY id LIMIT ?")
    query.bind(id, at: 1)
    query.bind(Self.textsAtOnce, at: 2)
    while try query.step() { texts[query.integer(0)] = query.text(1) }
    return texts[id] ?? ""
  }

  private mutating func status(_ id: Int64?, _ text: String?) -> SubscriptionStatus {
    guard let id, let text else { return SubscriptionStatus(written: "") }
    if let known = statuses[id] { return known }
    if statuses.count >= Self.textLimit { statuses.removeAll() }
    let status = SubscriptionStatus(written: text)
    statuses[id] = status
    return status
  }
}
