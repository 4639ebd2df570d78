package import Files

/// How a list is written.
///
/// To add one: a file in `Formats` and a line in `all`.
package protocol ListFormat: Sendable {
  /// The file extension, and the value of `--format`.
  static var name: String { get }
  /// Writes one list.
  func write(_ list: RiskList, of document: AtRiskDocument, to output: inout OutputFile) throws
  /// Writes the summary of all lists.
  func write(
    _ summary: ListSummary, of document: AtRiskDocument, to output: inout OutputFile) throws
}

/// The formats by name.
package enum ListFormats {
  package static let all: [any ListFormat] = [CSVListFormat(), JSONListFormat()]

  package static var names: [String] { all.map { type(of: $0).name } }

  package static func named(_ name: String) -> (any ListFormat)? {
    all.first { type(of: $0).name == name }
  }
}
