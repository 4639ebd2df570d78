internal import Files

/// Writes the lists of one scoring run into a folder, each file whole, with a manifest.
///
/// ```
/// DIR/all.csv            every scored row
/// DIR/anna-berg.csv      the at-risk rows of one account manager (--by: reseller, market)
/// DIR/unassigned.csv     at-risk rows that belong to nobody
/// DIR/summary.csv        one row a list: counts by band, expected churn
/// DIR/reasons.csv        long form: one row a reason
/// DIR/without-usage.csv  scored rows that were never used or not for 30 days
/// DIR/lost.csv           churned in the last 30 days
/// DIR/manifest.json      the files, for whom, their rows and SHA-256; written last
/// ```
package struct ListExport {
  package var document: AtRiskDocument
  package var formats: [any ListFormat]
  package var grouping: ListGrouping
  package var capacity: Int?
  /// Permissions of the files.
  package var mode: UInt32

  package init(
    document: AtRiskDocument, formats: [any ListFormat], grouping: ListGrouping, capacity: Int?,
    mode: UInt32
  ) {
    self.document = document
    self.formats = formats
    self.grouping = grouping
    self.capacity = capacity
    self.mode = mode
  }

  /// Writes every file and returns their descriptions in the order of the manifest.
  ///
  /// - Throws: `FileError` when the folder or a file cannot be written.
  package func write(to folder: String) throws -> [ManifestEntry] {
    try makeFolder(folder)
    let earlier = filesOfEarlierExport(in: folder)
    var entries: [ManifestEntry] = []
    let lists = document.lists(by: grouping, capacity: capacity)
    let names = FileName.names(for: lists.compactMap(\.key), reserved: Self.reservedNames)
    var nextName = 0
    for list in lists {
      let base: String
      switch list.kind {
      case .list:
        base = names[nextName]
        nextName += 1
      default: base = list.kind.rawValue
      }
      for format in formats {
        let name = "\(base).\(type(of: format).name)"
        entries.append(
          try write(name, in: folder, list: list) { output in
            try format.write(list, of: document, to: &output)
          })
      }
    }
    for table in [
      ListTable.summary(lists, of: document, grouping: grouping), .reasons(of: document),
      .withoutUsage(of: document), .lost(of: document),
    ] {
      let list = RiskList(kind: table.kind, key: nil, rows: [])
      entries.append(
        try write("\(table.fileName).csv", in: folder, list: list, rows: table.rows.count) {
          output in
          var writer = DelimitedWriter(output)
          try writer.write(table.columns)
          for row in table.rows { try writer.write(row) }
        })
    }
    try writeManifest(entries, in: folder)
    // A list that is no longer written must not be sent once more, or stay behind unredacted.
    let written = Set(entries.map(\.file))
    for name in earlier where !written.contains(name) { try removeFile("\(folder)/\(name)") }
    return entries
  }

  /// Names of our own files, and those that Windows keeps for devices, whatever the extension.
  private static let reservedNames: Set<String> = Set(
    [
      "all", "unassigned", "summary", "reasons", "without-usage", "lost", "manifest", "con", "prn",
      "aux", "nul",
    ] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] })

  private func write(
    _ name: String, in folder: String, list: RiskList, rows: Int? = nil,
    _ body: (inout OutputFile) throws -> Void
  ) throws -> ManifestEntry {
    let path = "\(folder)/\(name)"
    try writeFile(path, mode: mode, body)
    let isManager = list.kind == .list && grouping == .accountManager
    return ManifestEntry(
      file: name, kind: list.kind, key: list.key,
      accountManager: isManager ? list.key : nil, email: list.email,
      rows: rows ?? list.rows.count, sha256: sha256(try contents(ofFile: path)))
  }

  /// The files of an earlier export in the folder that are still as it wrote them.
  ///
  /// A file of the same name that somebody else wrote or changed has another digest, and stays.
  private func filesOfEarlierExport(in folder: String) -> [String] {
    guard let bytes = try? contents(ofFile: "\(folder)/manifest.json"),
      let manifest = try? JSONValue(parsing: bytes, path: "manifest.json")
    else { return [] }
    return (manifest["files"]?.array ?? []).compactMap { entry in
      guard let name = entry["file"]?.string, !name.contains("/"), !name.hasPrefix("."),
        let written = try? contents(ofFile: "\(folder)/\(name)"),
        sha256(written) == entry["sha256"]?.string
      else { return nil }
      return name
    }
  }

  private func writeManifest(_ entries: [ManifestEntry], in folder: String) throws {
    let manifest: JSONValue = [
      "schemaVersion": 1, "asOf": .string(document.asOf),
      "horizonDays": .integer(document.horizonDays),
      "modelSha256": .string(document.model.sha256), "by": .string(grouping.rawValue),
      "files": .array(entries.map(\.json)),
    ]
    try writeFile("\(folder)/manifest.json", mode: mode) { output in
      try output.write(manifest.serialized() + "\n")
    }
  }
}

/// One file of an export.
package struct ManifestEntry: Sendable {
  package var file: String
  package var kind: RiskList.Kind
  package var key: String?
  package var accountManager: String?
  package var email: String?
  package var rows: Int
  package var sha256: String

  var json: JSONValue {
    [
      "file": .string(file), "kind": .string(kind.rawValue), "key": .optional(key),
      "accountManager": .optional(accountManager), "email": .optional(email),
      "rows": .integer(rows), "sha256": .string(sha256),
    ]
  }
}
