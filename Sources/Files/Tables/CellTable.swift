// Many rows at once, as a parser leaves them for whoever knows what the fields mean.
//
//   block   …{"id":"A","quantity":1}⏎{"id":"A\u0042"}⏎{"id":"B","quantity":2}⏎…
//   cells   row 0: id → "A" in the block    quantity → numbers[0]
//           row 1: id → "B" in the block    quantity → numbers[1]
//   odd     line 1, before row 1: not plain enough, to be read with all care
//
// A table exists to be read a few nanoseconds a cell. It knows no types but text and number, and it
// makes no decision: whatever is not plain is an odd line for the parser that reads row by row.

/// The plain rows of a block of lines, and which of its lines are not plain.
package struct CellTable: Sendable {
  /// One value of a row.
  package struct Cell: Sendable {
    /// Where the text starts in the block; the place of a number among `numbers`.
    package var offset: UInt32
    /// How long the text is; `absent` or `number` for what is none, and with the bit `escaped` for one that
    /// is not written as it is.
    package var length: UInt32

    /// The row has no such field, or null.
    package static let absent: UInt32 = 0xFFFF_FFFF
    /// The value is a number.
    package static let number: UInt32 = 0xFFFF_FFFE
    /// Set where the value is a text that is not written as it is; only lax fields have such cells.
    package static let escaped: UInt32 = 0x8000_0000

    package init(offset: UInt32, length: UInt32) {
      self.offset = offset
      self.length = length
    }

    @inlinable package var isText: Bool { length < 0x8000_0000 }
    @inlinable package var isNumber: Bool { length == 0xFFFF_FFFE }
    @inlinable package var isEscaped: Bool { length >= 0x8000_0000 && length < 0xFFFF_FFFE }
    /// The bytes of a text; of anything else an empty range.
    ///
    /// - Precondition: it is not escaped.
    @inlinable package var range: Range<Int> {
      precondition(!isEscaped, "an escaped text is read with all care")
      return isText ? Int(offset)..<Int(offset) + Int(length) : 0..<0
    }
  }

  /// A line of the block, without its end.
  package struct Line: Sendable, Hashable {
    /// From 0, within the block.
    package var number: Int
    /// How many rows of the table come before it.
    package var row: Int
    /// Its bytes in the block.
    package var range: Range<Int>

    package init(number: Int, row: Int, range: Range<Int>) {
      self.number = number
      self.row = row
      self.range = range
    }
  }

  package let fieldCount: Int
  /// `rows.count` × `fieldCount`, row after row.
  package var cells: [Cell] = []
  package var numbers: [Double] = []
  /// The line of each row.
  package var rows: [Line] = []
  /// The lines that are neither rows nor blank, in their order.
  package var odd: [Line] = []
  /// Keys that no field goes by, with the number of rows that have them; by key.
  package var unknownKeys: [(key: [UInt8], count: Int)] = []
  /// Lines of the block, blank ones too.
  package var lineCount = 0
  /// What the lines tell about others.
  package var evidence = LineEvidence()

  package init(fieldCount: Int) {
    precondition(fieldCount > 0 && fieldCount <= 64, "a table has 1 to 64 fields")
    self.fieldCount = fieldCount
  }

  /// Makes room for the next block; keeps the memory.
  package mutating func removeAll() {
    cells.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    odd.removeAll(keepingCapacity: true)
    unknownKeys.removeAll()
    lineCount = 0
    evidence = LineEvidence()
  }
}

/// What lines of a text tell about the others.
package struct LineEvidence: Sendable, Hashable {
  /// The lines cannot be read one by one, or not as the parser reads them; their table is empty.
  package var mustBeReadCarefully = false
  /// A number has decimals, and not three.
  package var hasDecimals = false
  /// A number has three decimals, or none of the usual digits beside its point.
  package var hasThreeDecimals = false

  /// Nothing seen yet.
  package init() {}

  package mutating func add(_ other: LineEvidence) {
    mustBeReadCarefully = mustBeReadCarefully || other.mustBeReadCarefully
    hasDecimals = hasDecimals || other.hasDecimals
    hasThreeDecimals = hasThreeDecimals || other.hasThreeDecimals
  }

  /// Whether a number such as 1.500 may be one and a half thousand: no other number tells.
  package var isAmbiguous: Bool { hasThreeDecimals && !hasDecimals }
}
