/// What part of a query something is wrong with.
package enum QueryParameter: String, Sendable, Hashable, CaseIterable {
  case filter, groupBy, aggregationLevel, orderBy, top, skip, asOf

  /// The option of the command line.
  package var option: String {
    switch self {
    case .filter: "--filter"
    case .groupBy: "--group-by"
    case .aggregationLevel: "--aggregation-level"
    case .orderBy: "--order-by"
    case .top: "--top"
    case .skip: "--skip"
    case .asOf: "--as-of"
    }
  }

  /// The parameter of the web service; names are compared in any case.
  package var queryName: String {
    switch self {
    case .groupBy: "groupby"
    case .orderBy: "orderby"
    default: rawValue
    }
  }
}

/// A query that cannot be answered as it is written.
package struct QueryError: Error, Sendable, Hashable, CustomStringConvertible {
  package var parameter: QueryParameter
  /// What is wrong, what was expected and what to do, in full sentences.
  package var message: String
  /// What was written, where `column` points into it.
  package var text: String?
  /// From 1, in characters; one behind the last where something is missing at the end.
  package var column: Int?
  /// Whether it is well written, and the reader may not ask it.
  package var isForbidden = false
  /// The resource that is forbidden as a whole, of which no parameter is the cause.
  package var resource: String?

  init(_ parameter: QueryParameter, _ message: String) {
    self.parameter = parameter
    self.message = message
  }

  init(_ parameter: QueryParameter, _ message: String, in source: SourceText, at offset: Int) {
    self.parameter = parameter
    self.message = message
    text = source.text
    column = source.column(at: offset)
  }

  /// Nothing of a resource may be asked.
  init(forbidden resource: String, _ message: String) {
    parameter = .filter
    self.message = message
    self.resource = resource
    isForbidden = true
  }

  /// The same where the reader may not ask.
  var forbidden: QueryError {
    var error = self
    error.isForbidden = true
    return error
  }

  /// The message with the place; the text itself is left to whoever can show it safely.
  package var description: String {
    "\(resource ?? parameter.queryName)\(column.map { ", column \($0)" } ?? ""): \(message)"
  }
}

/// Text that is read scalar by scalar and spoken of in columns of characters.
struct SourceText {
  let text: String
  let scalars: [Unicode.Scalar]

  init(_ text: String) {
    self.text = text
    scalars = Array(text.unicodeScalars)
  }

  /// The column of a scalar, from 1.
  func column(at offset: Int) -> Int {
    var before = String.UnicodeScalarView()
    before.append(contentsOf: scalars[..<min(offset, scalars.count)])
    return String(before).count + 1
  }
}
