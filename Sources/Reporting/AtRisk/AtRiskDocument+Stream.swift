internal import Files
internal import ForkJoin
internal import Synchronization

// A file of 100,000 subscriptions has a quarter of a gigabyte. It is read in blocks; one thread finds
// the rows of a block while others make rows of the blocks before it.
//
//     file ──block──► where rows begin and end ──► rows of the block ──► the document, in order

extension AtRiskDocument {
  /// The document of a file that is as `score` writes it; nil when anything is unusual.
  ///
  /// - Throws: `FileError` when the file cannot be read.
  init?(streaming path: String) throws {
    let blocks = try DocumentBlocks(path)
    var isUsual = true
    var rows: [Row] = []
    var excludedRows: [ExcludedRow] = []
    let pipeline = OrderedPipeline(limit: 2 * ThreadCount.current + 2, next: { blocks.next() }) {
      (block: DocumentBlock, _) in block.rows
    }
    _ = pipeline.run { made in
      isUsual = isUsual && made != nil
      rows += made?.subscriptions ?? []
      excludedRows += made?.excluded ?? []
      return isUsual
    }
    guard isUsual, let header = try blocks.header,
      let json = try? JSONValue(parsing: header, path: path),
      let document = try? AtRiskDocument(json, path: path)
    else { return nil }
    self = document
    subscriptions = rows
    excluded = excludedRows
  }
}

/// The rows that end in one block of the file.
struct DocumentBlock: Sendable {
  var bytes: [UInt8] = []
  var subscriptions: [Range<Int>] = []
  var excluded: [Range<Int>] = []

  /// Nil when one is no row.
  var rows: (subscriptions: [AtRiskDocument.Row], excluded: [AtRiskDocument.ExcludedRow])? {
    let parser = JSONView.Parser()
    var spelled = SpelledJSON(bytes)
    var rows: [AtRiskDocument.Row] = []
    rows.reserveCapacity(subscriptions.count)
    for range in subscriptions {
      if let row = AtRiskDocument.Row(&spelled, in: range) {
        rows.append(row)
        continue
      }
      guard let json = parser.view(bytes.span.extracting(range)),
        let row = AtRiskDocument.Row(json)
      else { return nil }
      rows.append(row)
    }
    var excludedRows: [AtRiskDocument.ExcludedRow] = []
    for range in excluded {
      guard let json = parser.view(bytes.span.extracting(range)),
        let row = AtRiskDocument.ExcludedRow(json)
      else { return nil }
      excludedRows.append(row)
    }
    return (rows, excludedRows)
  }
}

/// The blocks of a file, one after the other, for any thread.
private final class DocumentBlocks: Sendable {
  private struct State {
    var source: ByteSource
    var scanner = DocumentScanner()
    /// The row that has begun and not ended.
    var rest: [UInt8] = []
    var failure: FileError?
    var isUsual = true
    var isAtEnd = false
  }

  private static let size = 1 << 20
  private let state: Mutex<State>

  init(_ path: String) throws(FileError) {
    state = Mutex(State(source: try ByteSource(path: path, hashing: false)))
  }

  /// Nil at the end, or where something is unusual.
  func next() -> DocumentBlock? {
    state.withLock { state in
      guard !state.isAtEnd, state.isUsual, state.failure == nil else { return nil }
      var block = DocumentBlock(bytes: state.rest)
      let start = block.bytes.count
      do throws(FileError) {
        block.bytes.reserveCapacity(start + Self.size)
        while block.bytes.count < start + Self.size {
          let count = try state.source.read(
            upTo: start + Self.size - block.bytes.count, into: &block.bytes)
          if count == 0 {
            state.isAtEnd = true
            break
          }
        }
      } catch {
        state.failure = error
        return nil
      }
      let found = state.scanner.scan(block.bytes.span, from: start)
      state.isUsual = found != nil
      block.subscriptions = found?.subscriptions ?? []
      block.excluded = found?.excluded ?? []
      state.rest = state.scanner.rowStart.map { Array(block.bytes[$0...]) } ?? []
      state.scanner.rowStart = state.scanner.rowStart == nil ? nil : 0
      return state.isUsual ? block : nil
    }
  }

  /// The file without its rows, behind the end; nil when something was unusual.
  var header: [UInt8]? {
    get throws {
      try state.withLock { state in
        if let failure = state.failure { throw failure }
        guard state.isUsual, state.isAtEnd, state.scanner.isComplete else { return nil }
        return state.scanner.header
      }
    }
  }
}
