internal import Files
internal import ForkJoin
internal import Synchronization

// Files of millions of rows, on all cores.
//
//   read and hash block n + 1  ║  parse and code piece 0 of block n  ║  piece 1  ║  piece 2  ║ …
//   ───────────────────────────╨──────────── join ────────────────────╨───────────╨───────────╨──
//   take the pieces of block n in their order, with the odd rows at their places
//
// Coding turns texts into numbers that a worker gives out on its own. Only taking the rows, one piece
// after the other, gives them the numbers of the store, so nothing depends on which worker did what.
// A row that is not plain in any way goes through the loader's row-by-row path, which alone decides
// what is wrong with it: the fast path only ever accepts what the slow one would accept alike.

/// A loader that can also take many rows at once.
protocol BlockLoader: RowLoader {
  associatedtype Coder: RowCoder
  /// Fields that hold numbers, and those that hold dates; all others are texts.
  var numberFields: Set<Int> { get }
  var dateFields: Set<Int> { get }
  /// Fields that the coder does not read: texts with escapes in them make no row odd.
  var laxFields: Set<Int> { get }
  /// What one worker codes rows with.
  func makeCoder() -> Coder
  /// Takes some of the rows of a piece.
  func take(_ rows: Range<Int>, of piece: Coder.Rows, from coder: Coder) throws(HistoryError)
}

/// Turns plain rows into numbers; one for each worker.
protocol RowCoder: AnyObject, SendableMetatype {
  associatedtype Rows: CodedRows
  /// Codes all rows of a table.
  ///
  /// - Parameters:
  ///   - table: the rows.
  ///   - text: what its cells refer to, with `JSONLinesParser.padding` bytes behind it.
  /// - Returns: one coded row for each, in the same order.
  func code(_ table: CellTable, _ text: Span<UInt8>) -> Rows
}

/// The rows of a piece, coded.
protocol CodedRows: Sendable {
  /// Rows that must be read with all care, ascending.
  var refused: [Int] { get }
}

/// One piece of a block, parsed and coded.
private struct CodedPiece<Coder: RowCoder>: Sendable {
  /// The worker that coded the rows.
  let worker: Int
  let rows: Coder.Rows
  let range: Range<Int>
  /// Lines that the loader reads one by one, in their order.
  let careful: [CarefulLine]
  let rowCount: Int
  let lineCount: Int
  let unknownKeys: [(key: [UInt8], count: Int)]
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

  func code(_ block: Span<UInt8>, _ range: Range<Int>, longestLine: Int) -> CodedPiece<Coder> {
    parser.parse(block, range, longestLine: longestLine, into: &table)
    let padded = range.lowerBound..<range.upperBound + JSONLinesParser.padding
    let rows = coder.code(table, block.extracting(padded))
    return CodedPiece(
      worker: number, rows: rows, range: range, careful: careful(rows.refused),
      rowCount: table.rows.count, lineCount: table.lineCount, unknownKeys: table.unknownKeys)
  }

  /// The odd lines and the refused rows, by line.
  private func careful(_ refused: [Int]) -> [CarefulLine] {
    let odd = table.odd.map { CarefulLine(line: $0, isRow: false) }
    guard !refused.isEmpty else { return odd }
    return (odd + refused.map { CarefulLine(line: table.rows[$0], isRow: true) })
      .sorted { $0.line.number < $1.line.number }
  }
}

/// Workers that wait for work; whoever needs one takes any.
private final class WorkerPool<Coder: RowCoder>: Sendable {
  // SAFETY: a worker is held by one thread at a time: it is either in `idle` or taken out of it.
  private nonisolated(unsafe) let workers: [Worker<Coder>]
  private let idle: Mutex<[Int]>

  init(_ workers: [Worker<Coder>]) {
    unsafe self.workers = workers
    idle = Mutex(Array(workers.indices.reversed()))
  }

  func use<Result>(_ body: (Worker<Coder>) -> Result) -> Result {
    guard let number = idle.withLock({ $0.popLast() }) else {
      preconditionFailure("there are as many workers as threads")
    }
    defer { idle.withLock { $0.append(number) } }
    return unsafe body(workers[number])
  }

  /// The coder of a worker; only between two rounds of work.
  subscript(number: Int) -> Coder { unsafe workers[number].coder }
}

/// What a chunk of a round brings.
private enum RoundResult<Coder: RowCoder>: Sendable {
  case prepared(FileError?)
  case coded(CodedPiece<Coder>)
}

/// How files are cut.
enum RowBlocks {
  static let size = 8 << 20
  static let pieceSize = 1 << 19
  /// A longer line is rejected.
  static let longestLine = 1 << 20
}

/// Hands the rows of lines to a `BlockLoader`, block after block.
struct BlockReader<Loader: BlockLoader> {
  let loader: Loader
  let file: FileImport
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
  /// - Throws: `.unusable` when the source is cut off or damaged; what the loader throws.
  func load(
    _ source: ByteSource, startingWith head: [UInt8], firstLine: Int = 1,
    progress: (Int) -> Void, _ readCarefully: CarefulReader
  ) throws(HistoryError) {
    let blocks = LineBlocks(
      source, startingWith: head, blockSize: RowBlocks.size, padding: JSONLinesParser.padding)
    let pool = WorkerPool(
      (0..<ThreadCount.current).map {
        Worker(
          number: $0, coder: loader.makeCoder(), parser: makeParser(),
          fieldCount: loader.fields.count)
      })
    try prepare(blocks)
    var line = firstLine - 1
    while true {
      blocks.advance()
      if blocks.front.isEmpty { return }
      let failure = try round(blocks, pool, &line, readCarefully)
      if let failure { throw HistoryError(failure) }
      progress(line)
    }
  }

  private func prepare(_ blocks: LineBlocks) throws(HistoryError) {
    do throws(FileError) { try blocks.prepare() } catch { throw HistoryError(error) }
  }

  /// Takes the front block while the next one is read.
  ///
  /// - Parameters:
  ///   - blocks: of the file.
  ///   - pool: as many workers as threads.
  ///   - line: the lines before the block; moved behind it.
  ///   - readCarefully: for the lines that are not plain.
  /// - Returns: why the next block cannot be read; the rows before that place are taken all the same.
  /// - Throws: what the loader throws.
  private func round(
    _ blocks: LineBlocks, _ pool: WorkerPool<Loader.Coder>, _ line: inout Int,
    _ readCarefully: CarefulReader
  ) throws(HistoryError) -> FileError? {
    let block = blocks.front
    let pieces = block.pieces(of: RowBlocks.pieceSize)
    // SAFETY: chunk 0 alone calls it, and `concurrentMap` blocks until it is done.
    nonisolated(unsafe) let next = blocks
    let results: [RoundResult<Loader.Coder>] = concurrentMap(count: pieces.count + 1) { chunk in
      guard chunk > 0 else {
        do throws(FileError) {
          try unsafe next.prepare()
          return .prepared(nil)
        } catch {
          return .prepared(error)
        }
      }
      return .coded(
        pool.use {
          $0.code(block.bytes.span, pieces[chunk - 1], longestLine: RowBlocks.longestLine)
        })
    }
    var failure: FileError?
    for result in results {
      switch result {
      case .prepared(let error): failure = error
      case .coded(let piece):
        try take(piece, from: pool[piece.worker], block, firstLine: line + 1, readCarefully)
        line += piece.lineCount
      }
    }
    if let length = block.longLine {
      line += 1
      try file.rejectLongLine(line: line, length: length)
    }
    return failure
  }

  private func take(
    _ piece: CodedPiece<Loader.Coder>, from coder: Loader.Coder, _ block: LineBlocks.Block,
    firstLine: Int, _ readCarefully: CarefulReader
  ) throws(HistoryError) {
    for (key, count) in piece.unknownKeys { file.note(unknownColumn: key.span, count: count) }
    let text = block.bytes.span.extracting(piece.range)
    var row = 0
    for careful in piece.careful {
      let next = careful.line.row
      if row < next { try loader.take(row..<next, of: piece.rows, from: coder) }
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
    if row < piece.rowCount {
      try loader.take(row..<piece.rowCount, of: piece.rows, from: coder)
    }
  }
}
