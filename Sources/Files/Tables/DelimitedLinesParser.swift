internal import CSimdJSON

/// How the rows of a delimited text are laid out.
package struct DelimitedLayout: Sendable {
  /// An ASCII character.
  package var separator: UInt8
  /// The field of each column, -1 for none; no field has two columns.
  package var fields: [Int32]
  /// At most 64.
  package var fieldCount: Int
  /// Fields whose cells are numbers.
  package var numberFields: Set<Int>
  /// Fields that hold dates.
  package var dateFields: Set<Int>
  /// Fields whose texts nobody reads, so that they may be `escaped`.
  package var laxFields: Set<Int>

  package init(
    separator: UInt8, fields: [Int32], fieldCount: Int, numberFields: Set<Int>,
    dateFields: Set<Int>, laxFields: Set<Int> = []
  ) {
    precondition(fieldCount > 0 && fieldCount <= 64, "a table has 1 to 64 fields")
    precondition(fields.allSatisfy { $0 < fieldCount }, "a column has a field of the table")
    self.separator = separator
    self.fields = fields
    self.fieldCount = fieldCount
    self.numberFields = numberFields
    self.dateFields = dateFields
    self.laxFields = laxFields
  }

  /// What the numbers of a text tell about how they are written.
  package struct Evidence: Sendable, Hashable {
    /// A number has decimals, and not three.
    package var hasDecimals = false
    /// A number has three decimals, or none of the usual digits beside its point.
    package var hasThreeDecimals = false

    /// Nothing seen yet.
    package init() {}

    package mutating func add(_ other: Evidence) {
      hasDecimals = hasDecimals || other.hasDecimals
      hasThreeDecimals = hasThreeDecimals || other.hasThreeDecimals
    }
  }

  /// Looks whether each line can be read by itself and tells nothing about how others are meant.
  ///
  /// - Parameters:
  ///   - block: bytes, of which at least `JSONLinesParser.padding` follow the range.
  ///   - range: whole lines.
  ///   - longestLine: in bytes.
  /// - Returns: nil when the text is no UTF-8, has a quote that is open at the end of a line or
  ///   followed by text, a longer line, or a number or date that another region writes.
  package func evidence(
    _ block: Span<UInt8>, _ range: Range<Int>, longestLine: Int
  ) -> Evidence? {
    var found = csj_evidence()
    let isPlain = unsafe withLayout(longestLine: longestLine) { layout in
      // SAFETY: `withText` checks that the padding is there.
      unsafe withText(block, range) { unsafe csj_check_table($0, range.count, layout, &found) }
    }
    guard isPlain == 1 else { return nil }
    var evidence = Evidence()
    evidence.hasDecimals = found.has_decimals != 0
    evidence.hasThreeDecimals = found.has_three_decimals != 0
    return evidence
  }

  @unsafe fileprivate func withText(
    _ block: Span<UInt8>, _ range: Range<Int>, _ body: (UnsafePointer<UInt8>?) -> Int32
  ) -> Int32 {
    precondition(
      range.upperBound + JSONLinesParser.padding <= block.count, "a block needs padding")
    return unsafe block.withUnsafeBufferPointer { bytes in
      unsafe body(bytes.baseAddress.map { unsafe $0 + range.lowerBound })
    }
  }

  @unsafe fileprivate func withLayout(
    longestLine: Int, _ body: (UnsafePointer<csj_layout>) -> Int32
  ) -> Int32 {
    // SAFETY: the layout and the fields it points to are used only inside the closures.
    unsafe fields.withUnsafeBufferPointer { columns in
      var layout = unsafe csj_layout(
        separator: separator, column_count: columns.count, fields: columns.baseAddress,
        field_count: fieldCount, number_fields: Self.bits(numberFields),
        date_fields: Self.bits(dateFields), lax_fields: Self.bits(laxFields),
        longest_line: longestLine)
      return unsafe body(&layout)
    }
  }

  private static func bits(_ fields: Set<Int>) -> UInt64 {
    fields.reduce(0) { $0 | 1 << UInt64($1) }
  }
}

/// Reads blocks of delimited lines into tables of cells.
///
/// Each line is a row by itself; `DelimitedLayout.evidence` tells whether a text is like that.
package final class DelimitedLinesParser: LinesParser {
  private let reader = JSONReader()
  private let layout: DelimitedLayout

  package init(_ layout: DelimitedLayout) { self.layout = layout }

  package func parse(
    _ block: Span<UInt8>, _ range: Range<Int>, longestLine: Int, into table: inout CellTable
  ) {
    precondition(table.fieldCount == layout.fieldCount, "a table has the fields of its parser")
    table.removeAll()
    var found = unsafe csj_table()
    let code = unsafe layout.withLayout(longestLine: longestLine) { shape in
      // SAFETY: `withText` checks that the padding is there.
      unsafe layout.withText(block, range) {
        unsafe csj_parse_table(reader.handle, $0, range.count, shape, &found)
      }
    }
    precondition(code == 0, "no memory for a table")
    // SAFETY: the tables are the reader's until the next call, and each has as many elements as the
    // count beside it says.
    unsafe table.append(found)
  }
}
