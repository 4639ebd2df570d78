import Access
import CommandLineKit
import Files
import RiskModel

/// Entries of the activity log for people and for spreadsheets.
enum ActivityText {
  /// The width is that of the terminal, nil when the output goes elsewhere.
  static func table(of entries: [ActivityEntry], width: Int?) -> String {
    var table = Table(columns: [
      Table.Column("Time, UTC"), Table.Column("Who", minimumWidth: 8),
      Table.Column("Role", minimumWidth: 8), Table.Column("Token"), Table.Column("Via"),
      Table.Column("From", minimumWidth: 9), Table.Column("Asked for", minimumWidth: 12),
      Table.Column("Parameters", minimumWidth: 10), Table.Column("Status", alignment: .right),
      Table.Column("Rows", alignment: .right), Table.Column("Bytes", alignment: .right),
      Table.Column("ms", alignment: .right),
    ])
    for entry in entries {
      table.add([
        time(entry.time), entry.name ?? "", entry.role?.rawValue ?? "", entry.token ?? "",
        entry.via.rawValue, entry.peer, "\(entry.method) \(entry.action)", entry.query,
        String(entry.status), entry.rows.map { grouped($0) } ?? "", grouped(entry.bytes),
        decimals(entry.milliseconds, 1),
      ])
    }
    return table.rendered(maximumWidth: width)
  }

  /// `2026-11-26 19:36:35`.
  private static func time(_ time: UTCTime) -> String {
    let text = time.description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
  }

  static func remark(shown: Int, of matching: Int) -> String {
    let all = "\(grouped(matching)) \(matching == 1 ? "entry" : "entries")"
    return shown < matching
      ? "The last \(grouped(shown)) of \(all); --last shows more, --format csv or json all."
      : "\(all)."
  }

  /// The cells of a row of CSV, in the order of `ActivityEntry.fields`.
  static func cells(of entry: ActivityEntry) -> [DelimitedWriter.Cell] {
    func text(_ value: String?) -> DelimitedWriter.Cell { value.map { .text($0) } ?? .empty }
    return [
      .word(entry.time.description), text(entry.token), text(entry.name),
      text(entry.role?.rawValue), .word(entry.via.rawValue), text(entry.peer),
      text(entry.method), text(entry.action), text(entry.query), .integer(entry.status),
      entry.rows.map { .integer($0) } ?? .empty, .integer(entry.bytes),
      .number(entry.milliseconds),
    ]
  }

  /// Lines that nobody can read any more.
  static func attention(_ reading: ActivityReader.Reading) -> [Attention] {
    guard let (file, line) = reading.firstDamaged else { return [] }
    return [
      Attention(
        "damagedLines",
        "\(counted(reading.damagedLines, "line")) of the log cannot be read, \(file):\(line) the "
          + "first: what a service that was killed had half written, or what somebody else changed. "
          + "The others are shown.")
    ]
  }
}
