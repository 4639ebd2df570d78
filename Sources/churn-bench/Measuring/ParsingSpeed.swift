import Files

/// How fast text goes through memory and through the parsers of the import, on one processor.
struct ParsingSpeed {
  /// Seconds for each byte that is read from memory.
  private(set) var memory = 0.0
  /// Seconds for each byte whose lines are cut into cells: by simdjson, or by what spares it for lines
  /// that differ from others in their values only; for tables by the search for separators.
  private(set) var parsing = 0.0

  /// More than the caches hold, less than disturbs.
  private static let size = 64 << 20
  private static let pieceSize = 1 << 19

  /// Measures the beginning of a plain file; the best of five each.
  ///
  /// - Throws: `FileError` when it cannot be read.
  init(_ file: WorkloadFile) throws {
    let source = try ByteSource(path: file.path, hashing: false)
    let blocks = LineBlocks(
      source, startingWith: [], blockSize: Self.pieceSize, longestLine: 1 << 20,
      padding: JSONLinesParser.padding)
    var pieces: [LineBlocks.Block] = []
    var size = 0
    while size < Self.size, let block = try blocks.next() {
      pieces.append(block)
      size += block.range.count
    }
    guard size > 0 else { return }
    let parser = Self.parser(of: file.format)
    var table = CellTable(fieldCount: workloadColumns.count)
    parsing =
      Self.best {
        for piece in pieces {
          parser.parse(
            piece.bytes.span, piece.range, longestLine: 1 << 20, into: &table)
        }
      } / Double(size)
    let words = [UInt64](repeating: 1, count: Self.size / 8)
    var sum: UInt64 = 0
    memory = Self.best { for word in words { sum &+= word } } / Double(Self.size)
    // Keeps the sums from being left out.
    precondition(sum == UInt64(5 * words.count), "every word counts")
  }

  private static func parser(of format: WorkloadFormat) -> any LinesParser {
    switch format {
    case .jsonLines: return JSONLinesParser(fields: workloadColumns.map { [$0] })
    case .csv:
      let dates = workloadColumns.indices.filter { workloadColumns[$0] == "usageDate" }
      let numbers = workloadColumns.indices.filter { workloadColumns[$0] == "quantity" }
      return DelimitedLinesParser(
        DelimitedLayout(
          separator: UInt8(ascii: ","), fields: workloadColumns.indices.map { Int32($0) },
          fieldCount: workloadColumns.count, numberFields: Set(numbers), dateFields: Set(dates)))
    }
  }

  private static func best(_ body: () -> Void) -> Double {
    (0..<5).map { _ in
      let start = monotonicSeconds()
      body()
      return monotonicSeconds() - start
    }.min() ?? 0
  }
}
