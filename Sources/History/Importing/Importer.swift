internal import Files

// From paths to the store.
//
//   paths ──► candidates, in order ──► for each file:
//     BEGIN IMMEDIATE ──► read, recognise, load ──┬─► COMMIT    imported
//                                                 ├─► ROLLBACK  rows that tell about others: once more,
//                                                 │             with care
//                                                 ├─► ROLLBACK  unchanged, no usable row, failed
//                                                 └─► ROLLBACK  rehearsal
//
// Each file is its own transaction: one that fails takes nothing with it. Only a store that is busy
// or cannot be written stops the work, because the next file would meet the same.
//
// The lock is taken before the first byte is parsed, so a second importer fails at once and not after
// minutes of work. Where there is no store yet there is nothing to lock either: its file is made when
// the first file is recognised, so that a wrong path leaves nothing behind.

/// Adds exports to a store.
package struct Importer {
  private let store: HistoryStore

  /// - Parameter store: Opened for importing, or for rehearsing to write nothing.
  package init(_ store: HistoryStore) { self.store = store }

  /// Imports files.
  ///
  /// - Parameters:
  ///   - paths: Files, folders (with everything below them) and `-` for standard input.
  ///   - observedOn: The day on which the exports were made; nil: told by names or file times.
  ///   - source: The partner the exports come from; nil: told by the rows, else `default`.
  ///   - dateOrder: Of dates such as 03/04/2024; nil: told by each column, else the row is rejected.
  ///   - cloud: Which Partner Center the exports come from; nil: as known of the source, else global.
  ///   - rejectsFile: Gets every rejected row as CSV `file,line,column,reason`, written whole.
  ///   - dryRun: Reads everything and writes nothing to the store.
  ///   - progress: Called at each file and every 65,536 rows.
  /// - Returns: what became of each file, failures included.
  /// - Throws: `.missing` when a path does not exist, and `.usage`, both before anything is read;
  ///   `.unwritable` when the rejects file cannot be made, before the store is touched.
  package func `import`(
    paths: [String], observedOn: CalendarDay? = nil, source: String? = nil,
    dateOrder: DateOrder? = nil, cloud: NationalCloud? = nil, rejectsFile: String? = nil,
    dryRun: Bool = false,
    progress: (ImportProgress) -> Void = { _ in }
  ) throws(HistoryError) -> ImportReport {
    let candidates = try ImportCandidates.find(paths: paths, observedOn: observedOn)
    let request = Request(source: source, dateOrder: dateOrder, cloud: cloud, dryRun: dryRun)
    var report = ImportReport(isRehearsal: dryRun)
    var hasBegun = false
    defer { store.discardIfUnused() }
    do {
      if let rejectsFile {
        try writeFile(rejectsFile) { output in
          hasBegun = true
          try output.write("file,line,column,reason\n")
          report.files = try files(candidates, request, progress) { rejection in
            try output.write(Self.csv(rejection))
          }
        }
      } else {
        report.files = try files(candidates, request, progress) { _ in }
      }
    } catch let error as FileError {
      // What was imported is imported, whatever became of the rejects.
      guard hasBegun else { throw HistoryError(error) }
      report.rejectsFailure = HistoryError(error)
    } catch let error as HistoryError {
      throw error
    } catch {
      throw HistoryError(.failed, path: store.path, what: "the import failed")
    }
    if report.hasImported, !dryRun { try noteStore(in: &report) }
    let idMatch = if let known = report.idMatch { known } else { try store.idMatch() }
    report.quality = try store.qualityReport(
      of: report.files.compactMap(\.facts), Set(report.files.compactMap(\.importId)),
      idMatch)
    return report
  }

  /// Says what the store as a whole looks like with what was added.
  private func noteStore(in report: inout ImportReport) throws(HistoryError) {
    try store.refresh()
    store.keepDigest()
    report.idMatch = try store.idMatch()
    guard let warning = report.idMatch?.warning,
      let last = report.files.lastIndex(where: { file in
        if case .imported = file.outcome { file.resource?.isEvidence == true } else { false }
      })
    else { return }
    report.files[last].warnings.append(warning)
  }

  private struct Request {
    var source: String?
    var dateOrder: DateOrder?
    var cloud: NationalCloud?
    var dryRun: Bool
  }

  private func files(
    _ candidates: [ImportCandidate], _ request: Request, _ progress: (ImportProgress) -> Void,
    _ onRejection: (Rejection) throws -> Void
  ) throws -> [FileReport] {
    var reports: [FileReport] = []
    var isStopped = false
    func report(_ index: Int) throws -> FileReport {
      let candidate = candidates[index]
      var report = FileReport(
        path: candidate.path, outcome: .notAttempted, observation: candidate.observation)
      switch candidate.obstacle {
      case .unreadable(let error): report.outcome = .failed(error)
      case .useless(let reason): report.outcome = .skipped(reason)
      case nil where isStopped: break
      case nil:
        do {
          try importFile(candidate, request, &report, onRejection) { rows in
            progress(
              ImportProgress(
                path: candidate.path, fileNumber: index + 1, fileCount: candidates.count,
                rows: rows))
          }
        } catch let error as HistoryError {
          report.outcome = .failed(error)
          isStopped = [.busy, .unwritable, .failed].contains(error.kind)
        }
      }
      return report
    }
    for index in candidates.indices { reports.append(try report(index)) }
    // An empty page tells whose it is by the pages beside it, which may come behind it by name.
    for index in reports.indices where reports[index].isEmptyPage && !isStopped {
      reports[index] = try report(index)
    }
    return reports
  }

  private func importFile(
    _ candidate: ImportCandidate, _ request: Request, _ report: inout FileReport,
    _ onRejection: (Rejection) throws -> Void, progress: (Int) -> Void
  ) throws {
    progress(0)
    if let earlier = try earlierImport(candidate, request) {
      report.take(earlier)
      report.warnings = try inForceInstead(of: earlier, candidate, isNew: false)
      return
    }
    for isCareful in [false, true] {
      let isDone = try importFile(
        candidate, request, isCareful: isCareful, &report, onRejection, progress: progress)
      if isDone { return }
    }
  }

  /// Imports a file that the store does not have.
  ///
  /// - Returns: false when its rows must be read carefully and nothing was done.
  private func importFile(
    _ candidate: ImportCandidate, _ request: Request, isCareful: Bool, _ report: inout FileReport,
    _ onRejection: (Rejection) throws -> Void, progress: (Int) -> Void
  ) throws -> Bool {
    let day = candidate.observation.day
    let early = try store.isPending ? nil : ImportTransaction(store, observedOn: day)
    var reader = try RowReader(path: candidate.path, isCareful: isCareful)
    if reader.isEmptyPage, let early,
      try importEmptyPage(candidate, request, reader, early, &report)
    {
      return true
    }
    report.isEmptyPage = reader.isEmptyPage
    guard let format = try recognise(reader, candidate, &report) else { return true }
    let transaction = try early ?? ImportTransaction(store, observedOn: day)
    report.format = format.name
    report.resource = format.resource
    if format.resource.isExport, let before = transaction.forgotten.before, day < before {
      report.outcome = .skipped("what is older than \(before) was erased, and this is of \(day)")
      return true
    }
    // Lists that people keep carry their own days.
    if format.resource.isExport { report.warnings = candidate.observation.warnings }
    return try withoutActuallyEscaping(onRejection) { onRejection in
      let file = FileImport(
        path: candidate.path, transaction: transaction, namedSource: request.source,
        defaultSource: format.defaultSource, unusedColumns: format.unusedColumns,
        dateOrder: request.dateOrder, onRejection: onRejection)
      let loader = format.loader(file)
      var isDone = true
      defer { if isDone { report.take(file) } }
      isDone = try reader.load(into: loader, file, progress: progress)
      guard isDone else {
        transaction.rollBack()
        return false
      }
      try loader.finish()
      try finish(candidate, request, reader, format, file, &report)
      return true
    }
  }

  /// Imports a page without rows as the next one of the answer in its folder that lacks its last page.
  ///
  /// - Returns: false when there is no such answer, and nothing was done.
  private func importEmptyPage(
    _ candidate: ImportCandidate, _ request: Request, _ reader: RowReader,
    _ transaction: ImportTransaction, _ report: inout FileReport
  ) throws(HistoryError) -> Bool {
    guard
      let answer = try store.answerWithoutEnd(
        beside: candidate.path, on: candidate.observation.day, source: request.source)
    else { return false }
    var row = ImportRow(
      id: transaction.importId, identity: answer.identity, isSourceNamed: answer.isSourceNamed,
      format: answer.format, file: candidate.path, dayOrigin: candidate.observation.origin,
      hasNextLink: reader.hasNextLink, totalCount: reader.totalCount)
    row.identity.sha256 = reader.sha256
    report.format = row.format
    report.resource = row.identity.resource
    report.source = row.identity.source
    report.warnings = candidate.observation.warnings
    report.remarks.append("a page without rows; it belongs to the answer of \(answer.file)")
    if request.dryRun {
      transaction.rollBack()
    } else {
      try transaction.commit(row, notes: [])
      report.importId = transaction.importId
    }
    report.facts = QualityFacts.File(row, notes: [], isInQuestion: true)
    report.outcome = .imported
    return true
  }

  /// The import that the file would repeat, told by its bytes alone.
  ///
  /// Weekly jobs import a whole archive again and again; hashing a file is many times faster than
  /// reading its rows. A file whose source the rows tell belongs to the same source as before,
  /// because its bytes are the same.
  private func earlierImport(
    _ candidate: ImportCandidate, _ request: Request
  ) throws(HistoryError) -> ImportRow? {
    // What a pipe hands out is gone when it was hashed.
    guard FileStatus(path: candidate.path)?.kind == .file else { return nil }
    let rows = try store.imports(observedOn: candidate.observation.day).filter { row in
      request.source.map { $0 == row.identity.source } ?? !row.isSourceNamed
    }
    guard !rows.isEmpty else { return nil }
    do throws(FileError) {
      let digest = try sha256(ofFile: candidate.path)
      return rows.first { $0.identity.sha256 == digest }
    } catch {
      throw HistoryError(error)
    }
  }

  static let unrecognised = "this is no export that is known"

  /// The format of a file; nil when it is to be skipped.
  private func recognise(
    _ reader: RowReader, _ candidate: ImportCandidate, _ report: inout FileReport
  ) throws(HistoryError) -> (any ImportFormat)? {
    var reason = reader.isEmpty ? "there is nothing in it" : Self.unrecognised
    if let damage = reader.damage {
      if candidate.isNamed || reader.isDamagedExport { throw damage }
    } else if !reader.isEmpty {
      for format in importFormats {
        switch format.recognises(reader.head) {
        case .yes: return format
        case .refused(let text): reason = text
        case .no: continue
        }
      }
      if reader.head.has("code", "statusCode", "error"),
        reader.head.has("description", "message", "error")
      {
        reason = "this is an error message of the API, not its answer; request it again"
      }
    }
    guard candidate.isNamed else {
      report.outcome = .skipped(reason)
      return nil
    }
    throw HistoryError(
      .unusable, path: candidate.path, what: reason,
      expected: importFormats.map(\.name).joined(separator: ", "))
  }

  private func finish(
    _ candidate: ImportCandidate, _ request: Request, _ reader: RowReader,
    _ format: any ImportFormat, _ file: FileImport, _ report: inout FileReport
  ) throws(HistoryError) {
    try file.dropForgotten()
    // A file of nothing but what was erased is no failure of a weekly job, and a list that people keep
    // may be empty: nobody was called yet.
    let isEmptyList = !format.resource.isExport && file.rowsRead == 0
    guard file.rowsAccepted > 0 || file.rowsForgotten > 0 || isEmptyList else {
      throw HistoryError(
        .unusable, path: candidate.path,
        what: "no row can be used (\(file.rowsRejected) rejected, \(file.rowsIgnored) ignored)",
        expected: "at least one row of \(format.name)",
        remedy: file.firstRejections.first.map { "The first: line \($0.line), \($0.reason)." })
    }
    let transaction = file.transaction
    let identity = ImportIdentity(
      source: file.source, resource: format.resource, observedOn: candidate.observation.day,
      sha256: reader.sha256)
    report.warnings += try warnings(file, reader)
    if file.repairedRows > 0 {
      report.remarks.append(
        "rows with half of a character (a lone surrogate): \(file.repairedRows); U+FFFD stands in its "
          + "place")
    }
    try tellLowered(file, in: &report)
    if reader.encoding != .utf8 { report.encoding = reader.encoding.rawValue }
    let row = ImportRow(
      id: transaction.importId, identity: identity, isSourceNamed: request.source != nil,
      format: format.name,
      file: candidate.path,
      dayOrigin: candidate.observation.origin, rowsAccepted: file.rowsAccepted,
      rowsRejected: file.rowsRejected, rowsIgnored: file.rowsIgnored,
      rowsRepeated: file.rowsRepeated + transaction.usage.repeated,
      rowsRestated: file.rowsRestated + transaction.usage.restated, hasNextLink: reader.hasNextLink,
      totalCount: reader.totalCount)
    if let earlier = try transaction.earlierImport(identity) {
      transaction.rollBack()
      report.outcome = .unchanged(importId: earlier)
      let known = try store.imports(observedOn: identity.observedOn).first { $0.id == earlier }
      report.remarks = []
      report.warnings = try inForceInstead(of: known ?? row, candidate, isNew: false)
      return
    }
    report.warnings += try inForceInstead(of: row, candidate, isNew: true)
    if let replaced = try listReplaced(by: row) {
      report.remarks.append("it replaces import \(replaced.id), the list \(name(of: replaced))")
    }
    let cloud = request.cloud ?? reader.cloud
    var known = cloud
    if known == nil { known = try store.cloud(ofSource: file.source) }
    if format.resource.isExport, let peculiarity = known?.peculiarity {
      report.warnings.append("\(file.source): \(peculiarity)")
    }
    if request.dryRun {
      transaction.rollBack()
    } else {
      try transaction.commit(row, notes: file.storedNotes, cloud: cloud)
      report.importId = transaction.importId
    }
    report.facts = QualityFacts.File(row, notes: file.storedNotes, isInQuestion: true)
    report.outcome = .imported
  }

  /// Warns that a newer list of the same name is in force.
  ///
  /// Nothing is said of a list that the store has already, where a whole archive is imported once
  /// more: its old lists are not meant to be in force.
  private func inForceInstead(
    of row: ImportRow, _ candidate: ImportCandidate, isNew: Bool
  ) throws(HistoryError) -> [String] {
    guard let other = try otherList(than: row), !other.isOlder(than: row),
      isNew || candidate.isNamed || candidate.path == other.file
    else { return [] }
    return ["import \(other.id), the newer list \(name(of: other)), is in force instead"]
  }

  /// The list whose place a new one takes; that is what a list that people keep is for.
  private func listReplaced(by row: ImportRow) throws(HistoryError) -> ImportRow? {
    guard let other = try otherList(than: row), other.isOlder(than: row) else { return nil }
    return other
  }

  private func otherList(than row: ImportRow) throws(HistoryError) -> ImportRow? {
    let (resource, source) = (row.identity.resource, row.identity.source)
    // Contacts are a log, to which every file adds.
    guard !resource.isExport, resource != .contacts,
      let other = try store.listInForce(resource, source: source, file: row.file),
      other.id != row.id
    else { return nil }
    return other
  }

  private func name(of list: ImportRow) -> String {
    "of the same name of \(list.identity.observedOn) (\(list.file))"
  }

  private func warnings(
    _ file: FileImport, _ reader: RowReader
  ) throws(HistoryError) -> [String] {
    var warnings: [String] = []
    if reader.hasNextLink {
      warnings.append("the file names a next page; import all pages of the answer")
    }
    if file.rowsFromTheFuture > 0 {
      warnings.append(
        "rows with dates after the observation day \(file.observedOn): "
          + "\(file.rowsFromTheFuture); is the day right?")
    }
    if file.rowsOfOtherPartners > 0 {
      warnings.append(
        "rows that name another partner tenant than the first row: \(file.rowsOfOtherPartners); all were "
          + "taken for one source; name it with --source, or export each tenant by itself")
    }
    if file.conflictingRows > 0 {
      warnings.append(
        "lines that a later line about the same, from the same day on, contradicts: "
          + "\(file.conflictingRows); the later one counts")
    }
    for name in file.repeatedColumns {
      warnings.append(
        "the header has the column '\(name)' more than once; of its values in a row the first that is "
          + "not empty counts")
    }
    if reader.hasTrailingGarbage {
      warnings.append("something that is no gzip follows the gzip data; it was ignored")
    }
    return warnings
  }

  /// Says that quantities went down: a remark, because the newest days are restated every week, and a
  /// warning where whole days lost most of what they had.
  private func tellLowered(
    _ file: FileImport, in report: inout FileReport
  ) throws(HistoryError) {
    let lowered = file.transaction.usage.lowered
    guard lowered > 0, try !store.hasUsage(observedAfter: file.observedOn) else { return }
    let text =
      "usage lines lower than the store had them: \(lowered); they count from this export on"
    let days = file.transaction.restatedDays.emptiedDays
    guard let first = days.first, let last = days.last else {
      report.remarks.append(text)
      return
    }
    let when = first == last ? "On \(first)" : "On \(days.count) days from \(first) to \(last)"
    report.warnings.append(
      "\(text). \(when) most lines fell below half of what they were: was the day exported before it was "
        + "complete, or is a part of the export missing?")
  }

  private static func csv(_ rejection: Rejection) -> String {
    let cells = [
      DelimitedWriter.textField(rejection.file), String(rejection.line),
      DelimitedWriter.textField(rejection.column), DelimitedWriter.textField(rejection.reason),
    ]
    return cells.joined(separator: ",") + "\n"
  }
}

extension FileReport {
  /// Copies what is known of an earlier import of the same file.
  fileprivate mutating func take(_ earlier: ImportRow) {
    outcome = .unchanged(importId: earlier.id)
    format = earlier.format
    resource = earlier.identity.resource
    source = earlier.identity.source
    rowsAccepted = earlier.rowsAccepted
    rowsRejected = earlier.rowsRejected
    rowsIgnored = earlier.rowsIgnored
    rowsRepeated = earlier.rowsRepeated
    rowsRestated = earlier.rowsRestated
  }

  /// Copies what was learned about the rows.
  fileprivate mutating func take(_ file: FileImport) {
    source = file.source
    rowsAccepted = file.rowsAccepted
    rowsRejected = file.rowsRejected
    rowsIgnored = file.rowsIgnored
    ignoredCounts = file.ignoredCounts
    rowsForgotten = file.rowsForgotten
    let usage = file.transaction.usage
    rowsRepeated = file.rowsRepeated + usage.repeated
    rowsRestated = file.rowsRestated + usage.restated
    linesNew = usage.new
    linesKnown = usage.known
    linesCorrected = usage.corrections
    rejections = file.firstRejections
    rejectionCounts = file.rejectionCounts
    notes = file.notes
  }
}
