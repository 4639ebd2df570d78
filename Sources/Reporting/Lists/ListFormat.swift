package import Files

/// How a list is written.
///
/// To add one: a file in `Formats` and a line in `all`.
package protocol ListFormat: Sendable {
  /// The file extension, and the value of `--format`.
  static var name: String { get }
  /// The same format, told what a list says about itself.
  func telling(_ context: ListContext) -> any ListFormat
  /// How many of a list's rows the file has.
  func rowCount(of list: RiskList) -> Int
  /// Writes one list.
  func write(_ list: RiskList, of document: AtRiskDocument, to output: inout OutputFile) throws
  /// Writes the summary of all lists.
  func write(
    _ summary: ListSummary, of document: AtRiskDocument, to output: inout OutputFile) throws
}

extension ListFormat {
  /// All of them.
  package func rowCount(of list: RiskList) -> Int { list.rows.count }
}

/// The formats by name.
package enum ListFormats {
  package static let all: [any ListFormat] = [
    CSVListFormat(), XLSXListFormat(), HTMLListFormat(), JSONListFormat(),
  ]

  package static var names: [String] { all.map { type(of: $0).name } }

  /// A format; CSV in the style that is asked for.
  package static func named(_ name: String, csv: CSVStyle = .plain) -> (any ListFormat)? {
    name == CSVListFormat.name
      ? CSVListFormat(style: csv) : all.first { type(of: $0).name == name }
  }
}
