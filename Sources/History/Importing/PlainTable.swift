internal import Files
internal import ForkJoin

// Delimited text of millions of rows, on all cores.
//
//   head ──► header, columns ──► the whole file once, to look ──┬─► plain: blocks of rows (BlockReader)
//                                                               └─► not:   row by row, in memory
//
// Lines can be given to several threads only when each is a row by itself, and a row can be taken before
// the others are seen only when none of them tells how its dates and numbers are meant. So the file is
// looked through first: encoding, quotes, numbers, dates. That costs about as much as parsing it, and
// spares the rules of the careful path a second home. What cannot be read twice is read carefully.

/// A delimited text that can be read in blocks.
struct PlainTable {
  let layout: DelimitedLayout
  /// The rows of the head, behind the header.
  let beginning: [UInt8]
  /// Of the first row.
  let line: Int
  /// Stands behind the header.
  let reader: DelimitedReader

  /// Looks through a file; nil when it must be read carefully, whatever the reason.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - head: its first bytes, inflated.
  ///   - loader: of the format that recognised it.
  ///   - columns: the columns of each field for a header.
  init?<Loader: BlockLoader>(
    path: String, head: [UInt8], _ loader: Loader, columns: ([String]) -> [[Int]]
  ) {
    guard FileStatus(path: path)?.kind == .file,
      var reader = try? DelimitedReader(bytes: head, path: path),
      let header = try? reader.next()?.fields
    else { return nil }
    let place = reader.place
    // A header that fills the head may go on behind it.
    guard place.offset < head.count, !head[place.offset...].starts(with: [0xEF, 0xBB, 0xBF]),
      Set(header.map { $0.trimmingSpaces().lowercased() }).count == header.count,
      let separator = reader.delimiter.asciiValue
    else { return nil }
    var fields = [Int32](repeating: -1, count: header.count)
    for (field, columns) in columns(header).enumerated() {
      // Of several columns that of the row counts which is filled.
      guard columns.count <= 1 else { return nil }
      if let column = columns.first { fields[column] = Int32(field) }
    }
    self.reader = reader
    layout = DelimitedLayout(
      separator: separator, fields: fields, fieldCount: loader.fields.count,
      numberFields: loader.numberFields, dateFields: loader.dateFields,
      laxFields: loader.laxFields)
    beginning = Array(head[place.offset...])
    line = place.line
    guard Self.isPlain(path, layout, skipping: place.offset) else { return nil }
  }

  private static func isPlain(_ path: String, _ layout: DelimitedLayout, skipping: Int) -> Bool {
    // Whatever goes wrong will be said by whoever reads the rows.
    guard let source = try? ByteSource(path: path, hashing: false) else { return false }
    var head: [UInt8] = []
    while head.count < skipping {
      guard let count = try? source.read(upTo: skipping - head.count, into: &head), count > 0 else {
        return false
      }
    }
    let blocks = LineBlocks(
      source, startingWith: [], blockSize: RowBlocks.size, padding: JSONLinesParser.padding)
    guard (try? blocks.prepare()) != nil else { return false }
    var evidence = DelimitedLayout.Evidence()
    while true {
      blocks.advance()
      guard blocks.front.longLine == nil else { return false }
      if blocks.front.isEmpty { return evidence.hasDecimals || !evidence.hasThreeDecimals }
      guard let found = look(through: blocks, layout) else { return false }
      evidence.add(found)
    }
  }

  /// Looks through the front block while the next one is read.
  private static func look(
    through blocks: LineBlocks, _ layout: DelimitedLayout
  ) -> DelimitedLayout.Evidence? {
    let block = blocks.front
    let pieces = block.pieces(of: RowBlocks.pieceSize)
    // SAFETY: chunk 0 alone calls it, and `concurrentMap` blocks until it is done.
    nonisolated(unsafe) let next = blocks
    let found = concurrentMap(count: pieces.count + 1) { chunk -> DelimitedLayout.Evidence? in
      guard chunk > 0 else {
        return (try? unsafe next.prepare()) == nil ? nil : DelimitedLayout.Evidence()
      }
      return layout.evidence(
        block.bytes.span, pieces[chunk - 1], longestLine: RowBlocks.longestLine)
    }
    var evidence = DelimitedLayout.Evidence()
    for part in found {
      guard let part else { return nil }
      evidence.add(part)
    }
    return evidence
  }
}
