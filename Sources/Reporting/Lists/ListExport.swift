package import Files
internal import ForkJoin

/// Writes the lists of one scoring run into a folder, each file whole, with a manifest.
///
/// ```
/// DIR/all.csv            every scored row
/// DIR/anna-berg.csv      the at-risk rows of one account manager (--by: reseller, market)
/// DIR/unassigned.csv     at-risk rows that belong to nobody
/// DIR/summary.csv        one row a list: counts by band, expected churn
///                        these four in every format; the rest is CSV
/// DIR/reasons.csv        long form: one row a reason
/// DIR/without-usage.csv  scored rows that were never used or not for 30 days; names the threshold
/// DIR/lost.csv           churned in the last 30 days
/// DIR/profit.csv         with exchange rates: what contacting the first so many rows is expected to earn; empty
///                        where no row costs money, as a remark then says
/// DIR/manifest.json      the files, for whom, their rows and SHA-256; written last
/// ```
/// Only the lists of a manager, reseller or market are for somebody else: all other files hold everybody's
/// rows, are the partner's own, and say so in the manifest (`reader`).
package struct ListExport {
  package var document: AtRiskDocument
  package var formats: [any ListFormat]
  package var grouping: ListGrouping
  package var order = ListSort.probability
  /// The most rows of one list; what is beyond it is listed nowhere, and all files say so.
  package var capacity: Int?
  /// What is left out of all files; who is on which list, and where, does not depend on it.
  package var redactions: Set<AtRiskDocument.Redaction> = []
  /// Permissions of the files.
  package var mode: UInt32
  /// What the weekly run adds to the manifest; nil for an export of its own.
  package var run: JSONValue?
  /// Of the tables beside the lists.
  package var csv: CSVStyle
  /// What contacts are expected to earn, for the summary; nil without exchange rates.
  ///
  /// Money that is left out of the lists is not told there either.
  package var profit: ProfitSummary?

  package init(
    document: AtRiskDocument, formats: [any ListFormat], grouping: ListGrouping,
    order: ListSort = .probability, capacity: Int?, mode: UInt32, csv: CSVStyle = .plain
  ) {
    self.document = document
    self.formats = formats
    self.grouping = grouping
    self.order = order
    self.capacity = capacity
    self.mode = mode
    self.csv = csv
  }

  /// Writes every file and returns their descriptions in the order of the manifest.
  ///
  /// - Parameters:
  ///   - folder: made where it is missing, for those who may read the files.
  ///   - check: called before anything is written with the names of all files in the folder that will
  ///     be written, replaced or removed; what it throws is thrown on.
  ///   - progress: called after each file with how many are written and how many there will be.
  /// - Returns: one entry for each file but the manifest itself.
  /// - Throws: `FileError` when the folder or a file cannot be written.
  package func write(
    to folder: String, checking check: (_ names: Set<String>) throws -> Void = { _ in },
    progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws -> [ManifestEntry] {
    let parts = self.parts
    let earlier = filesOfEarlierExport(in: folder)
    try check(Set(parts.map(\.name) + [Self.manifestName] + earlier))
    try makeFolder(folder, mode: folderMode(ofFiles: mode))
    let entries = try write(parts, in: folder, progress: progress)
    try writeManifest(entries, in: folder)
    // A list that is no longer written must not be sent once more, or stay behind unredacted.
    let written = Set(entries.map(\.file))
    for name in earlier where !written.contains(name) { try removeFile("\(folder)/\(name)") }
    return entries
  }

  private static let manifestName = "manifest.json"

  /// Up to so many rows a file is made by one thread, beside others; a bigger one by all of them.
  private static let smallRows = 2_000
  /// Files that are made before progress is reported.
  private static let smallFiles = 32

  private func write(
    _ parts: [Part], in folder: String, progress: (_ done: Int, _ of: Int) -> Void
  ) throws -> [ManifestEntry] {
    var entries: [ManifestEntry] = []
    while entries.count < parts.count {
      let rest = parts[entries.count...]
      let small = Array(rest.prefix { $0.rows <= Self.smallRows }.prefix(Self.smallFiles))
      if small.isEmpty {
        entries.append(try write(parts[entries.count], in: folder))
        progress(entries.count, parts.count)
      } else {
        let written = concurrentMap(count: small.count) { index in
          Result { try write(small[index], in: folder) }
        }
        for entry in written {
          entries.append(try entry.get())
          progress(entries.count, parts.count)
        }
      }
    }
    return entries
  }

  /// One file to be written.
  private struct Part: Sendable {
    var name: String
    var kind: RiskList.Kind
    var key: String?
    var partnerName: String?
    var email: String?
    var rows: Int
    var write: @Sendable (inout OutputFile) throws -> Void
  }

  /// The lists and their summary in every format, then the tables beside them.
  private var parts: [Part] {
    let (whole, lists) = limited
    let document = whole.redacted(redactions)
    let keys = lists.filter { $0.kind == .list }.compactMap(\.key)
    var names = FileName.names(for: keys, reserved: Self.reservedNames).makeIterator()
    var summary = ListSummary(lists, of: document, grouping: grouping)
    let profit = redactions.contains(.revenue) ? nil : self.profit
    summary.profit = profit
    var parts: [Part] = []
    let shared = grouping == .partnerId ? document.sharedCustomers : []
    let notListed = document.notListed(by: grouping)
    for whole in lists {
      let whole = whole.redacted(redactions)
      let (document, list) =
        grouping == .partnerId && whole.kind == .list
        ? document.confined(whole, sharedCustomers: shared) : (document, whole)
      let base = (list.kind == .list ? names.next() : nil) ?? list.kind.rawValue
      let context = ListContext(
        order: list.kind == .all ? .probability : order, formats: formatNames,
        notListed: notListed[ListIdentity(whole)] ?? [:])
      parts += formats.map { $0.telling(context) }.map { format in
        Part(
          name: "\(base).\(type(of: format).name)", kind: list.kind, key: list.key,
          partnerName: list.partnerName, email: list.email, rows: format.rowCount(of: list)
        ) { try format.write(list, of: document, to: &$0) }
      }
    }
    let context = ListContext(
      formats: formatNames,
      notListed: notListed[.all] ?? [:])
    parts += formats.map { $0.telling(context) }.map { format in
      Part(
        name: "summary.\(type(of: format).name)", kind: .summary, rows: summary.lines.count
      ) { [summary] in try format.write(summary, of: document, to: &$0) }
    }
    let silent = lists.first?.redacted(redactions).withoutUsage ?? []
    var tables: [(RiskList.Kind, String, ListTable)] = [
      (.reasons, "reasons", .reasons(of: document)),
      (.withoutUsage, "without-usage", .withoutUsage(silent, of: document)),
      (.lost, "lost", .lost(document.rowsLost)),
    ]
    if let profit { tables.append((.profit, "profit", .profit(profit))) }
    return parts
      + tables.map { kind, name, table in
        Part(name: "\(name).csv", kind: kind, rows: table.rowCount) {
          try csv.write(table, to: &$0)
        }
      }
  }

  /// The scores and their lists, with what is beyond the capacity on none.
  private var limited: (AtRiskDocument, [RiskList]) {
    let lists = document.lists(by: grouping, order: order, capacity: nil)
    guard let capacity, lists.contains(where: { $0.kind != .all && $0.rows.count > capacity })
    else { return (document, lists) }
    var document = document
    document.limitLists(by: grouping, order: order, capacity: capacity)
    return (document, document.lists(by: grouping, order: order, capacity: nil))
  }

  private var formatNames: [String] { formats.map { type(of: $0).name } }

  /// Names of our own files, and those that Windows keeps for devices, whatever the extension.
  private static let reservedNames: Set<String> = Set(
    [
      "all", "at-risk", "unassigned", "summary", "reasons", "without-usage", "lost", "profit",
      "manifest", "con", "prn",
      "aux", "nul",
    ] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] })

  private func write(_ part: Part, in folder: String) throws -> ManifestEntry {
    let path = "\(folder)/\(part.name)"
    try writeFile(path, mode: mode, part.write)
    let isManager = part.kind == .list && grouping == .accountManager
    return ManifestEntry(
      file: part.name, kind: part.kind, key: part.key,
      accountManager: isManager ? part.key : nil, partnerName: part.partnerName,
      email: part.email, rows: part.rows,
      sha256: try sha256(ofFile: path))
  }

  /// The files of an earlier export in the folder that are still as it wrote them.
  ///
  /// A file of the same name that somebody else wrote or changed has another digest, and stays.
  private func filesOfEarlierExport(in folder: String) -> [String] {
    guard let bytes = try? contents(ofFile: "\(folder)/\(Self.manifestName)"),
      let manifest = try? JSONValue(parsing: bytes, path: Self.manifestName)
    else { return [] }
    return (manifest["files"]?.array ?? []).compactMap { entry in
      guard let name = entry["file"]?.string, !name.contains("/"), !name.hasPrefix("."),
        let digest = try? sha256(ofFile: "\(folder)/\(name)"),
        digest == entry["sha256"]?.string
      else { return nil }
      return name
    }
  }

  private func writeManifest(_ entries: [ManifestEntry], in folder: String) throws {
    var manifest: JSONObject = [
      "schemaVersion": 1, "asOf": .string(document.asOf),
      "horizonDays": .integer(document.horizonDays),
      "modelSha256": .string(document.model.sha256), "by": .string(grouping.rawValue),
      "attention": document.attentionJSON, "files": .array(entries.map(\.json)),
    ]
    if let run { manifest.append("run", run) }
    try writeFile("\(folder)/\(Self.manifestName)", mode: mode) { output in
      try output.write(JSONValue.object(manifest).serialized() + "\n")
    }
  }
}

/// One file of an export.
package struct ManifestEntry: Sendable {
  package var file: String
  package var kind: RiskList.Kind
  package var key: String?
  package var accountManager: String?
  package var partnerName: String?
  package var email: String?
  package var rows: Int
  package var sha256: String

  /// Who may read a file: whoever it is for, or only the partner, because it holds everybody's rows.
  package enum Reader: String, Sendable { case recipient, partner }

  package var reader: Reader { kind == .list ? .recipient : .partner }

  var json: JSONValue {
    [
      "file": .string(file), "kind": .string(kind.rawValue), "reader": .string(reader.rawValue),
      "key": .optional(key),
      "accountManager": .optional(accountManager), "partnerName": .optional(partnerName),
      "email": .optional(email),
      "rows": .integer(rows), "sha256": .string(sha256),
    ]
  }
}
