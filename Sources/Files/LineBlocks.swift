// Blocks of whole lines, one being read while the one before is worked on.
//
//   front  [ line ⏎ line ⏎ … line ⏎ | padding ]      whole lines, for several threads at once
//   back   [ rest of a line … being filled …      ]  by one thread meanwhile
//
// `advance` swaps the two; what follows the last line end of a block opens the next one.

/// Cuts a `ByteSource` into blocks of whole lines, in bounded memory.
///
/// Lines end as for `LineReader`; a byte order mark before the first is dropped.
package final class LineBlocks {
  /// Whole lines, only the very last maybe without its end; empty when there are no more.
  package struct Block: Sendable {
    /// The lines, then `padding` spaces.
    package fileprivate(set) var bytes: [UInt8] = []
    /// Where the lines are.
    package fileprivate(set) var range = 0..<0
    /// The length of a line behind the others that is longer than a block; its bytes are gone.
    package fileprivate(set) var longLine: Int?

    package var isEmpty: Bool { range.isEmpty && longLine == nil }

    /// The block in pieces of about `size` bytes, each of whole lines.
    package func pieces(of size: Int) -> [Range<Int>] {
      var pieces: [Range<Int>] = []
      var start = range.lowerBound
      while start < range.upperBound {
        let wanted = min(start + size, range.upperBound)
        let rest = bytes.span.extracting(wanted - 1..<range.upperBound)
        let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { wanted + $0 } ?? range.upperBound
        pieces.append(start..<end)
        start = end
      }
      return pieces
    }
  }

  /// The block to work on.
  package private(set) var front = Block()
  private var back = Block()
  private let source: ByteSource
  private let blockSize: Int
  private let padding: Int
  /// Bytes behind the last line end, which belong to the next block.
  private var rest: [UInt8]
  private var isFirst = true
  private var isAtEnd = false

  private static let readSize = 1 << 20

  /// - Parameters:
  ///   - source: the bytes to cut.
  ///   - prefix: what was read from `source` before.
  ///   - blockSize: bytes that a block has at least, unless the source ends; a longer line is skipped.
  ///   - padding: spaces behind a block.
  package init(
    _ source: ByteSource, startingWith prefix: [UInt8], blockSize: Int, padding: Int
  ) {
    precondition(blockSize > 0 && padding >= 0, "blocks have a size")
    self.source = source
    self.blockSize = blockSize
    self.padding = padding
    rest = prefix
  }

  /// Reads the block after `front`; another thread may read `front` meanwhile.
  ///
  /// - Throws: what the source throws; `unusable` when the text is UTF-16.
  package func prepare() throws(FileError) {
    back.bytes.removeAll(keepingCapacity: true)
    back.longLine = nil
    back.bytes.append(contentsOf: rest)
    rest.removeAll(keepingCapacity: true)
    while back.bytes.count < blockSize, try read(into: &back.bytes) {}
    var start = 0
    if isFirst {
      isFirst = false
      start = try lengthOfByteOrderMark(back.bytes, path: source.path)
    }
    var end = back.bytes.count
    if !isAtEnd {
      // The last line end, searched from the back.
      while end > start, back.bytes[end - 1] != UInt8(ascii: "\n") { end -= 1 }
      if end == start {
        back.longLine = try skipLine(from: back.bytes.count - end)
      } else {
        rest.append(contentsOf: back.bytes[end...])
      }
      back.bytes.removeSubrange(end...)
    }
    back.range = start..<end
    back.bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: padding))
  }

  /// Makes the block that was prepared the one to work on.
  package func advance() { swap(&front, &back) }

  /// Reads on to the end of a line whose first `length` bytes are given up.
  ///
  /// - Returns: its length; what follows it is the rest.
  private func skipLine(from length: Int) throws(FileError) -> Int {
    var length = length
    var bytes: [UInt8] = []
    while true {
      bytes.removeAll(keepingCapacity: true)
      guard try read(into: &bytes) else { return length }
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
        rest.append(contentsOf: bytes[(end + 1)...])
        return length + end
      }
      length += bytes.count
    }
  }

  private func read(into bytes: inout [UInt8]) throws(FileError) -> Bool {
    if isAtEnd { return false }
    if try source.read(upTo: Self.readSize, into: &bytes) == 0 { isAtEnd = true }
    return !isAtEnd
  }
}
