internal import CSimdJSON

/// The rows of a JSON document, whatever it wraps them in.
///
///     {…}                                                  one row
///     […]                                                  rows
///     {"Value": […], "@nextLink": …, "TotalCount": n}      Partner Center analytics, Insights
///     {"items": […], "links": {"next": …}, "totalCount": n}  the classic API
///
/// Names of the outer members match whatever their case. The rows are found by their brackets, so
/// that one that is broken inside is rejected alone; everything around them is validated.
package struct JSONEnvelope {
  /// The address of the next page, which is not in this file; nil when there is none.
  package let nextLink: String?
  /// How many rows there are over all pages, where the document says so.
  package let totalCount: Int?
  /// Whether the document is a single row without anything around it.
  package let isBareObject: Bool

  private let bytes: [UInt8]
  private let rows: [Range<Int>]

  /// Finds the rows.
  ///
  /// - Throws: `unusable` with line and column when the text around the rows is not JSON, is cut
  ///   off, is no object or array, or is not UTF-8.
  package init(_ bytes: consuming [UInt8], path: String) throws(FileError) {
    let start = try lengthOfByteOrderMark(bytes, path: path)
    if start > 0 { bytes.removeFirst(start) }
    let length = bytes.count
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: JSONReader.padding))
    let reader = JSONReader()
    let (code, envelope) = reader.parseEnvelope(bytes.span, length: length)
    guard code == 0 else {
      let failure = reader.failure
      var error = JSONSyntaxError(code: failure.code, offset: failure.offset)
      if Int(code) == Int(CSJ_NOT_OBJECT) { error.expected = "an object or an array" }
      throw error.fileError(in: bytes.span.extracting(0..<length), path: path)
    }
    isBareObject = envelope.is_bare_object != 0
    totalCount = envelope.has_total != 0 ? Int(envelope.total) : nil
    let link = envelope.next_link
    nextLink =
      envelope.has_next_link == 0
      ? nil
      : reader.withNodes { $1.string(at: Int(link.offset), count: Int(link.length)) }
    rows = reader.withRows { ranges in
      ranges.indices.map { Int(ranges[$0].offset)..<Int(ranges[$0].offset + ranges[$0].length) }
    }
    self.bytes = bytes
  }

  /// How many rows there are, valid or not.
  package var rowCount: Int { rows.count }

  /// Reads each row and hands it to `body`, also one that is invalid or no object: its
  /// `outcome` tells.
  ///
  /// - Parameters:
  ///   - parser: reads the rows; it knows the fields that the caller looks for.
  ///   - body: receives the row's number from 0, the line it starts on, and the parser.
  /// - Throws: what `body` throws; no further row follows.
  package func forEachRow(
    using parser: JSONRowParser = JSONRowParser(),
    _ body: (_ index: Int, _ line: Int, _ row: JSONRowParser) throws -> Void
  ) throws {
    var place = TextPosition(line: 1, column: 1)
    var offset = 0
    for (index, row) in rows.enumerated() {
      place = TextPosition(
        of: row.lowerBound - offset, in: bytes.span.extracting(offset..<row.lowerBound), from: place
      )
      offset = row.lowerBound
      parser.parse(bytes.span.extracting(row), from: place)
      try body(index, place.line, parser)
    }
  }
}
