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
  /// Fields whose texts may be `escaped`, because few of them are read.
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
/// Where a line is no row by itself, the block must be read carefully, and has no rows: when it is no
/// UTF-8, has a quote that is open at the end of a line or followed by text, a line that is too long, or a
/// number or date that another region writes.
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
    var evidence = csj_evidence()
    let code = unsafe layout.withLayout(longestLine: longestLine) { shape in
      // SAFETY: `withText` checks that the padding is there.
      unsafe layout.withText(block, range) {
        unsafe csj_parse_table(reader.handle, $0, range.count, shape, &evidence, &found)
      }
    }
    precondition(code == 0, "no memory for a table")
    // SAFETY: the tables are the reader's until the next call, and each has as many elements as the
    // count beside it says.
    unsafe table.append(found)
    table.evidence.mustBeReadCarefully = evidence.is_not_plain != 0
    table.evidence.hasDecimals = evidence.has_decimals != 0
    table.evidence.hasThreeDecimals = evidence.has_three_decimals != 0
  }

  package func unescaped(_ cell: CellTable.Cell, in text: Span<UInt8>) -> [UInt8]? {
    var unescaped: [UInt8] = []
    var index = Int(cell.offset)
    let quote = UInt8(ascii: "\"")
    while true {
      if text[index] == quote {
        index += 1
        // The closing quote, and not a doubled one.
        guard text[index] == quote else { return unescaped }
      }
      unescaped.append(text[index])
      index += 1
    }
  }
}
