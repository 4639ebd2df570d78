import CommandLineKit
import Files
import History
import RiskModel

/// What was imported, for people and for programs.
struct ImportList {
  private let rows: [ImportRow]

  init(_ rows: [ImportRow]) { self.rows = rows }

  /// The text for a terminal of `width` columns; nil: nothing is cut.
  func text(width: Int?) -> String {
    var table = Table(columns: [
      Table.Column("Id", alignment: .right), Table.Column("File", minimumWidth: 16),
      Table.Column("Taken for"), Table.Column("Source", minimumWidth: 9),
      Table.Column("Day"), Table.Column("Rows", alignment: .right),
      Table.Column("Rejected", alignment: .right),
    ])
    for row in rows {
      table.add([
        String(row.id), row.file.split(separator: "/").suffix(2).joined(separator: "/"),
        row.format, row.identity.source, "\(row.identity.observedOn)",
        grouped(row.rowsAccepted), grouped(row.rowsRejected),
      ])
    }
    return table.rendered(maximumWidth: width.map { max(80, $0) })
      + "\n\(counted(rows.count, "import")).\n"
  }

  var json: JSONValue {
    ["imports": .array(rows.map(\.json)), "attention": attention.json]
  }

  /// Exports whose day nothing but the file system tells: copying a file changes it.
  var attention: [Attention] {
    let undated = rows.filter { $0.identity.resource.isExport && !$0.dayOrigin.isExplicit }
    guard let first = undated.first else { return [] }
    return [
      Attention(
        "dayFromFileSystem",
        "\(counted(undated.count, "export")), import \(first.id) the first, took the day on which the "
          + "file was last modified, which may not be the day of the export. To correct one, take it "
          + "back with 'churn-risk imports remove' and import it with --observed-on.")
    ]
  }
}

extension ImportRow {
  /// One import, as `imports` and `imports remove` tell it.
  var json: JSONValue {
    [
      "id": .integer(Int(id)), "file": .string(file), "format": .string(format),
      "resource": .string(identity.resource.rawValue), "source": .string(identity.source),
      "observedOn": .string("\(identity.observedOn)"), "dayFrom": .string(dayOrigin.rawValue),
      "sha256": .string(identity.sha256), "rowsAccepted": .integer(rowsAccepted),
      "rowsRejected": .integer(rowsRejected), "rowsIgnored": .integer(rowsIgnored),
    ]
  }
}
