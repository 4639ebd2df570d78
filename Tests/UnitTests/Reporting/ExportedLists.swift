import TestSupport
import Files

@testable import Reporting

/// Lists written into a folder of their own, and read back.
struct ExportedLists {
  let folder = TemporaryFolder()
  let entries: [ManifestEntry]

  init(
    _ document: AtRiskDocument, formats: [String] = ["csv"],
    by grouping: ListGrouping = .accountManager, order: ListSort = .probability,
    capacity: Int? = nil, csv: CSVStyle = .plain
  ) throws {
    entries = try ListExport(
      document: document, formats: formats.compactMap { ListFormats.named($0, csv: csv) },
      grouping: grouping, order: order, capacity: capacity, mode: 0o600, csv: csv
    ).write(to: folder.path)
  }

  /// Every file's text by name.
  var texts: [String: String] {
    get throws {
      var texts: [String: String] = [:]
      for name in folder.names { texts[name] = try text(name) }
      return texts
    }
  }

  func text(_ name: String) throws -> String {
    String(decoding: try contents(ofFile: folder[name]), as: UTF8.self)
  }

  /// The rows of a CSV file, header first.
  func rows(_ name: String) throws -> [[String]] {
    var reader = try DelimitedReader(
      bytes: try contents(ofFile: folder[name]), path: name, delimiter: ",")
    var rows: [[String]] = []
    while let row = try reader.next() { rows.append(row.fields) }
    return rows
  }

  /// One column of a CSV file, without the header.
  func column(_ title: String, of name: String) throws -> [String] {
    let rows = try rows(name)
    guard let index = rows.first?.firstIndex(of: title) else { return [] }
    return rows.dropFirst().map { $0[index] }
  }
}
