internal import Files
internal import ForkJoin
internal import Synchronization

// Files of millions of rows, on all cores.
//
//   read and hash block 3  ║  parse and code block 1  ║  parse and code block 2      whoever is free
//                          ╙──── take the rows of block 0 ──► store                  one, in order
//
// Coding turns texts into numbers that a worker gives out on its own. Only taking the rows, one block
// after the other, gives them the numbers of the store, so nothing depends on which worker did what.
// A row that is not plain in any way goes through the loader's row-by-row path, which alone decides
// what is wrong with it: the fast path only ever accepts what the slow one would accept alike.

/// A loader that can also take many rows at once.
protocol BlockLoader: RowLoader {
  associatedtype Coder: RowCoder
  /// Fields that hold numbers, and those that hold dates; all others are texts.
  var numberFields: Set<Int> { get }
  var dateFields: Set<Int> { get }
  /// Fields whose texts the coder reads once each: escapes in them make no row odd.
  var laxFields: Set<Int> { get }
  /// What one worker codes rows with.
  func makeCoder() -> Coder
  /// Hears what a worker's numbers stand for, before it takes any row of the block.
  ///
  /// - Parameters:
  ///   - rows: of one block; those of a worker come in the order in which it coded them.
  ///   - worker: from 0.
  func learn(_ rows: Coder.Rows, from worker: Int)
  /// Takes some of the rows of a block that it has heard of.
  func take(_ rows: Range<Int>, of coded: Coder.Rows, from worker: Int) throws(HistoryError)
  /// Whether `flush` is due; it needs all threads, so it is called between two blocks.
  var isFull: Bool { get }
  func flush() throws(HistoryError)
}

/// Turns plain rows into numbers; one for each worker.
protocol RowCoder: AnyObject, SendableMetatype {
  associatedtype Rows: CodedRows
  /// Codes all rows of a table.
  ///
  /// - Parameters:
  ///   - table: the rows.
  ///   - text: what its cells refer to, with `JSONLinesParser.padding` bytes behind it.
  ///   - parser: what made the table.
  /// - Returns: one coded row for each, in the same order.
  func code(_ table: CellTable, _ text: Span<UInt8>, by parser: any LinesParser) -> Rows
}

/// The rows of a block, coded.
protocol CodedRows: Sendable {
  /// Rows that must be read with all care, ascending.
  var refused: [Int] { get }
}

/// A block, parsed and coded.
private struct CodedBlock<Coder: RowCoder>: Sendable {
  let block: LineBlocks.Block
  /// The worker that coded the rows.
  let worker: Int
  let rows: Coder.Rows
  /// Lines that the loader reads one by one, in their order.
  let careful: [CarefulLine]
  let rowCount: Int
  let lineCount: Int
  let unknownKeys: [(key: [UInt8], count: Int)]
  let evidence: LineEvidence
}

/// A line that is read with all care: an odd one, or that of a refused row.
private struct CarefulLine: Sendable {
  var line: CellTable.Line
  var isRow: Bool
}

/// What one worker has for itself.
private final class Worker<Coder: RowCoder> {
  let number: Int
  let coder: Coder
  private let parser: any LinesParser
  private var table: CellTable

  init(number: Int, coder: Coder, parser: any LinesParser, fieldCount: Int) {
    self.number = number
    self.coder = coder
    self.parser = parser
    table = CellTable(fieldCount: fieldCount)
  }

  func code(_ block: LineBlocks.Block) -> CodedBlock<Coder> {
    let range = block.range
    parser.parse(block.bytes.span, range, longestLine: RowBlocks.longestLine, into: &table)
    let padded = range.lowerBound..<range.upperBound + JSONLinesParser.padding
    let rows = coder.code(table, block.bytes.span.extracting(padded), by: parser)
    return CodedBlock(
      block: block, worker: number, rows: rows, careful: careful(rows.refused),
      rowCount: table.rows.count, lineCount: table.lineCount, unknownKeys: table.unknownKeys,
      evidence: table.evidence)
  }

  /// The odd lines and the refused rows, by line.
  private func careful(_ refused: [Int]) -> [CarefulLine] {
    let odd = table.odd.map { CarefulLine(line: $0, isRow: false) }
    guard !refused.isEmpty else { return odd }
    return (odd + refused.map { CarefulLine(line: table.rows[$0], isRow: true) })
      .sorted { $0.line.number < $1.line.number }
  }
}

/// What the reading thread hands out.
private enum Fetched: Sendable {
  case block(LineBlocks.Block)
  /// Nothing more can be read.
  case failed(FileError)
}

/// What becomes of it.
private enum Coded<Coder: RowCoder>: Sendable {
  case block(CodedBlock<Coder>)
  case failed(FileError)
}

/// How files are cut.
enum RowBlocks {
  static let size = 1 << 19
  /// A longer line is rejected.
  static let longestLine = 1 << 20
  /// Blocks between reading and taking.
  static let mostOnTheirWay = 16
}

/// Hands the rows of lines to a `BlockLoader`, block after block.
struct BlockReader<Loader: BlockLoader> {
  let loader: Loader
  let file: FileImport
  /// Whether the lines may turn out to need all care; else every text is plain or has odd lines.
  let isProvisional: Bool
  /// Makes what a worker parses lines with.
  let makeParser: () -> any LinesParser

  /// Reads one line with all care, as if there were no others.
  typealias CarefulReader = (_ bytes: Span<UInt8>, _ line: Int) throws(HistoryError) -> Void

  /// - Parameters:
  ///   - source: the file, from where `head` ends.
  ///   - head: its first bytes.
  ///   - firstLine: the number of the first line.
  ///   - progress: called with the lines so far.
  ///   - readCarefully: for the lines that are not plain.
  /// - Returns: false when the file must be read carefully and nothing that was taken may be kept.
  /// - Throws: `.unusable` when the source is cut off or damaged; what the loader throws.
  func load(
    _ source: ByteSource, startingWith head: [UInt8], firstLine: Int = 1,
    progress: (Int) -> Void, _ readCarefully: CarefulReader
  ) throws(HistoryError) -> Bool {
    let blocks = LineBlocks(
      source, startingWith: head, blockSize: RowBlocks.size, longestLine: RowBlocks.longestLine,
      padding: JSONLinesParser.padding)
    let pipeline = pipeline(blocks)
    var line = firstLine - 1
    var evidence = LineEvidence()
    var isDone = false
    while !isDone {
      isDone = try pipeline.run { (coded) throws(HistoryError) in
        switch coded {
        case .failed(let error): throw HistoryError(error)
        case .block(let block):
          evidence.add(block.evidence)
          if isProvisional, block.block.longLine != nil || file.isOverwhelmed {
            evidence.mustBeReadCarefully = true
          }
          guard !evidence.mustBeReadCarefully else { return false }
          try take(block, firstLine: line + 1, readCarefully)
          line += block.lineCount
          if let length = block.block.longLine {
            line += 1
            try file.rejectLongLine(line: line, length: length)
          }
          blocks.recycle(block.block)
          progress(line)
          return !loader.isFull
        }
      }
      guard !evidence.mustBeReadCarefully else { return false }
      if loader.isFull { try loader.flush() }
    }
    return !isProvisional || !evidence.isAmbiguous
  }

  private func pipeline(
    _ blocks: LineBlocks
  ) -> OrderedPipeline<Fetched, Coded<Loader.Coder>> {
    // SAFETY: a pipeline fetches by one thread at a time, and a slot has one job at a time; `recycle` is
    // for any thread.
    nonisolated(unsafe) let source = blocks
    nonisolated(unsafe) let workers = (0..<ThreadCount.current).map {
      Worker(
        number: $0, coder: loader.makeCoder(), parser: makeParser(), fieldCount: loader.fields.count
      )
    }
    let hasFailed = Atomic<Bool>(false)
    return OrderedPipeline(
      limit: RowBlocks.mostOnTheirWay, threads: unsafe workers.count
    ) {
      guard !hasFailed.load(ordering: .relaxed) else { return nil }
      do throws(FileError) {
        return try unsafe source.next().map { .block($0) }
      } catch {
        hasFailed.store(true, ordering: .relaxed)
        return .failed(error)
      }
    } work: { fetched, slot in
      switch fetched {
      case .block(let block): unsafe .block(workers[slot].code(block))
      case .failed(let error): .failed(error)
      }
    }
  }

  private func take(
    _ coded: CodedBlock<Loader.Coder>, firstLine: Int, _ readCarefully: CarefulReader
  ) throws(HistoryError) {
    for (key, count) in coded.unknownKeys { file.note(unknownColumn: key.span, count: count) }
    loader.learn(coded.rows, from: coded.worker)
    let text = coded.block.bytes.span.extracting(coded.block.range)
    var row = 0
    for careful in coded.careful {
      let next = careful.line.row
      if row < next { try loader.take(row..<next, of: coded.rows, from: coded.worker) }
      row = careful.isRow ? next + 1 : next
      let number = firstLine + careful.line.number
      let range = careful.line.range
      if range.count > RowBlocks.longestLine {
        try file.rejectLongLine(line: number, length: range.count)
      } else {
        // The table has counted the unknown keys of its rows.
        file.countsUnknownColumns = !careful.isRow
        defer { file.countsUnknownColumns = true }
        try readCarefully(text.extracting(range), number)
      }
    }
    if row < coded.rowCount {
      try loader.take(row..<coded.rowCount, of: coded.rows, from: coded.worker)
    }
  }
}
