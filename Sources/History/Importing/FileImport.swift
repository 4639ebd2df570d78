internal import Files

/// A row that could not be used.
package struct Rejection: Sendable, Hashable {
  /// The path as it was given.
  package var file: String
  /// 1-based.
  package var line: Int
  /// The field, or the byte position in a line that could not be read.
  package var column: String
  /// Why, in words that hold no value of the row.
  package var reason: String
}

/// One file while it is being imported: the transaction it goes into and what is learned about it.
///
/// Loaders hand every row to exactly one of `accept`, `reject` and `ignore`.
final class FileImport {
  let path: String
  let transaction: ImportTransaction
  /// The source that was named by the user, who then knows best.
  let namedSource: String?
  private let defaultSource: String
  /// Columns that are known and not needed, as `HeaderNames` compares them.
  private let unusedColumns: Set<String>
  /// How values that are no table's are read.
  let texts: RegionalTexts
  /// What the user says about dates such as 03/04/2024.
  let dateOrder: DateOrder?
  private let onRejection: (Rejection) throws -> Void

  private(set) var rowsAccepted = 0
  private(set) var rowsRejected = 0
  private(set) var rowsIgnored = 0
  /// By reason, for those that are told with one.
  private(set) var ignoredCounts: [String: Int] = [:]
  /// Subscription rows that repeat an id of the file, without and with a difference.
  var rowsRepeated = 0
  var rowsRestated = 0
  /// Rejections that are not told yet, because the rows may have to be read anew; nil = all are told.
  private var heldRejections: [Rejection]?
  private(set) var firstRejections: [Rejection] = []
  private(set) var rejectionCounts: [String: Int] = [:]
  private var rejectionNotes: [RejectionKind: Int] = [:]
  /// The partner tenant that the first row with one names.
  private(set) var partnerTenant: String?
  /// Accepted rows that name another partner tenant than the first.
  private(set) var rowsOfOtherPartners = 0
  private var partnerTexts = ByteInterner()
  private var partnerMatches: [Bool] = []
  /// Ignored rows that speak of what was erased.
  var rowsForgotten = 0
  /// Rows with a half of a character, which was replaced.
  var repairedRows = 0
  /// Rows of a list that a later one overrules.
  var conflictingRows = 0
  /// Rows with a date after the observation day.
  var rowsFromTheFuture = 0
  /// The column of those dates, where it is always the same.
  var futureColumn: String?
  /// False while a row is read whose unknown columns have been counted.
  var countsUnknownColumns = true
  private var unknownColumns = ByteInterner()
  private var unknownColumnNames: [String] = []
  private var unknownColumnCounts: [Int] = []
  private var unknownValues: [String: Int] = [:]
  /// Whether its columns are told by a header, for all rows at once.
  var isTable = false
  /// Names of columns that the header of a table has more than once.
  private(set) var repeatedColumns: [String] = []

  /// How many rejections are kept for the report; the rejects file has all.
  private static let rejectionsKept = 20
  /// How many are held before it is known whether the rows must be read anew.
  private static let rejectionsHeld = 10_000
  /// How many different unknown columns or values are kept, so that hostile files cost no memory.
  private static let notesKept = 1_000

  init(
    path: String, transaction: ImportTransaction, namedSource: String?,
    defaultSource: String = "default", unusedColumns: [String] = [], dateOrder: DateOrder? = nil,
    onRejection: @escaping (Rejection) throws -> Void
  ) {
    self.path = path
    self.transaction = transaction
    self.namedSource = namedSource
    self.defaultSource = defaultSource
    self.unusedColumns = Set(unusedColumns.map { HeaderNames.canonical($0) })
    self.dateOrder = dateOrder
    texts = RegionalTexts(dateOrder: dateOrder)
    self.onRejection = onRejection
  }

  var rowsRead: Int { rowsAccepted + rowsRejected + rowsIgnored }
  /// What `Source` the file belongs to.
  var source: String { namedSource ?? partnerTenant ?? defaultSource }
  var observedOn: CalendarDay { transaction.observedOn }

  // MARK: - Rows

  func accept(_ count: Int = 1) { rowsAccepted += count }

  /// A row that is known to be of no use, and whose absence is no loss.
  ///
  /// - Parameters:
  ///   - count: how many rows.
  ///   - reason: why, for people; nil where it is told in other words.
  func ignore(_ count: Int = 1, because reason: String?) {
    rowsIgnored += count
    if let reason { ignoredCounts[reason, default: 0] += count }
  }

  /// Counts rows that were accepted, and deleted again because they speak of what was erased.
  func moveToForgotten(_ count: Int) {
    rowsAccepted -= count
    ignoreForgotten(count)
  }

  func reject(line: Int, column: String, _ reason: String) throws(HistoryError) {
    rowsRejected += 1
    let rejection = Rejection(file: path, line: line, column: column, reason: reason)
    if firstRejections.count < Self.rejectionsKept { firstRejections.append(rejection) }
    if rejectionCounts.count < Self.notesKept || rejectionCounts[reason] != nil {
      rejectionCounts[reason, default: 0] += 1
      // Where in a line it cannot be read differs from row to row.
      let kind = RejectionKind(column: column.hasPrefix("byte ") ? "" : column, reason: reason)
      rejectionNotes[kind, default: 0] += 1
    }
    if heldRejections != nil {
      heldRejections?.append(rejection)
    } else {
      try tell(rejection)
    }
  }

  /// Holds back what is rejected until `releaseRejections`.
  func holdRejections() { heldRejections = [] }

  /// Whether more is held than should be: whoever can had better read the rows anew.
  var isOverwhelmed: Bool { (heldRejections?.count ?? 0) > Self.rejectionsHeld }

  /// Tells what was held back.
  func releaseRejections() throws(HistoryError) {
    for rejection in heldRejections ?? [] { try tell(rejection) }
    heldRejections = nil
  }

  private func tell(_ rejection: Rejection) throws(HistoryError) {
    do {
      try onRejection(rejection)
    } catch let error as FileError {
      throw HistoryError(error)
    } catch {
      throw HistoryError(.failed, path: path, what: "the rejected row cannot be written")
    }
  }

  // MARK: - What else is told

  /// Says that a line is too long to be a row.
  func rejectLongLine(line: Int, length: Int) throws(HistoryError) {
    try reject(
      line: line, column: "", "the line is longer than 1 MiB (\(length / 1_048_576) MiB)")
  }

  /// A column that no field goes by; reported once for the file.
  func note(unknownColumn name: Span<UInt8>, count: Int = 1) {
    guard countsUnknownColumns, unknownColumns.count < Self.notesKept else { return }
    let number = unknownColumns.number(of: name)
    if number == unknownColumnCounts.count {
      unknownColumnCounts.append(0)
      unknownColumnNames.append(Self.printable(String(copying: name)))
    }
    unknownColumnCounts[number] += count
  }

  /// A column whose name stands in the header before.
  func note(repeatedColumn name: String) {
    guard repeatedColumns.count < Self.notesKept else { return }
    let name = Self.printable(name)
    if !repeatedColumns.contains(name) { repeatedColumns.append(name) }
  }

  /// A value that the reference does not list for an enumeration.
  func note(unknownValue value: String, of field: String) {
    let name = "\(field)=\(Self.printable(value))"
    guard unknownValues.count < Self.notesKept || unknownValues[name] != nil else { return }
    unknownValues[name, default: 0] += 1
  }

  /// Takes the partner tenant of a row for the source of the file.
  ///
  /// A file has one source. Rows of another partner are kept all the same, and counted: losing them
  /// would be worse than judging absence in a merged file.
  func takePartnerTenant(_ written: Span<UInt8>) {
    guard namedSource == nil, !written.isEmpty else { return }
    // Nearly every row writes it as the row before; the texts of an honest file are few.
    if partnerMatches.count >= Self.notesKept {
      partnerTexts = ByteInterner()
      partnerMatches = []
    }
    let number = partnerTexts.number(of: written)
    if number == partnerMatches.count {
      let text = String(copying: written).trimmingSpaces()
      let tenant = GUID(text)?.description ?? text.lowercased()
      if partnerTenant == nil { partnerTenant = tenant }
      partnerMatches.append(partnerTenant == tenant)
    }
    if !partnerMatches[number] { rowsOfOtherPartners += 1 }
  }

  /// Everything for the store, sorted: what was not understood, and what was wrong with rows.
  var storedNotes: [ImportNote] {
    var stored = notes
    for (kind, count) in rejectionNotes {
      stored.append(ImportNote(rejectedFor: kind.reason, column: kind.column, count: count))
    }
    if rowsFromTheFuture > 0 {
      stored.append(
        ImportNote(kind: .futureDate, name: futureColumn ?? "", count: rowsFromTheFuture))
    }
    for (reason, count) in ignoredCounts {
      stored.append(ImportNote(kind: .ignoredRow, name: reason, count: count))
    }
    if rowsForgotten > 0 {
      stored.append(ImportNote(kind: .forgotten, name: "", count: rowsForgotten))
    }
    return stored.sorted()
  }

  /// What was not understood, sorted.
  var notes: [ImportNote] {
    // Two spellings of a column differ only by case or by what is not printable: add them up.
    var columns: [String: Int] = [:]
    for (name, count) in zip(unknownColumnNames, unknownColumnCounts)
    where !unusedColumns.contains(HeaderNames.canonical(name)) {
      columns[name, default: 0] += isTable ? max(rowsRead, 1) : count
    }
    let notes =
      columns.map { ImportNote(kind: .unknownColumn, name: $0.key, count: $0.value) }
      + unknownValues.map { ImportNote(kind: .unknownValue, name: $0.key, count: $0.value) }
    return notes.sorted()
  }

  /// Characters of a text of the file that are kept.
  static let longestNote = 60

  /// At most `longestNote` characters, without control characters.
  static func printable(_ text: String) -> String {
    String(
      text.unicodeScalars.prefix(longestNote).map {
        $0.properties.generalCategory == .control
          || $0.properties.generalCategory == .format ? "?" : Character($0)
      })
  }
}

/// Rows that were rejected alike.
private struct RejectionKind: Hashable {
  var column: String
  var reason: String
}
