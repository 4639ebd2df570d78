/// Writes the events of one file, numbered in their order.
struct EventWriter {
  private var position = 0

  /// Adds an event.
  ///
  /// - Parameters:
  ///   - event: what happened.
  ///   - customerName: of a customer whose tenant the log does not tell.
  ///   - file: whose import it belongs to.
  /// - Throws: `.unwritable` when the store cannot take it.
  mutating func write(
    _ event: Event, customerName: String?, _ file: FileImport
  ) throws(HistoryError) {
    position += 1
    let transaction = file.transaction
    let insertion = try transaction.store.statement(
      "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    insertion.bind(transaction.importId, at: 1)
    insertion.bind(Int64(position), at: 2)
    insertion.bind(Int64(event.day.daysSinceEpoch), at: 3)
    insertion.bind(event.kind.rawValue, at: 4)
    insertion.bind(event.detail?.rawValue, at: 5)
    if let id = event.subscriptionId {
      insertion.bind(bytes: id.bytes.span, at: 6)
    } else {
      insertion.bind(nil as String?, at: 6)
    }
    insertion.bind(event.customerTenantId, at: 7)
    insertion.bind(customerName, at: 8)
    try insertion.run()
  }
}

extension FileImport {
  /// Counts an operation that is not known by its name, unless the name may be somebody's.
  func note(unknownOperation name: String, of field: String) {
    let isPlain = name.allSatisfy { $0.isLetter || $0 == "_" || $0 == " " || $0 == "-" }
    note(unknownValue: isPlain ? name : "(not a plain name)", of: field)
  }
}
