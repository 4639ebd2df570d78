internal import Synchronization

// Blocks of whole lines, one after the other.
//
//   source   line ⏎ line ⏎ line ⏎ line ⏎ li│ne ⏎ …
//   block 0  [ line ⏎ line ⏎ line ⏎ line ⏎ | padding ]
//   block 1  [ line ⏎ …                                  what followed the last line end opens it
//
// Several blocks may be worked on at the same time, each by one thread; `recycle` gives the memory of
// one back for those to come.

/// Cuts a `ByteSource` into blocks of whole lines, in bounded memory.
///
/// Lines end as for `LineReader`; a byte order mark before the first is dropped.
package final class LineBlocks {
  /// Whole lines, only the very last maybe without its end.
  package struct Block: Sendable {
    /// The lines, then `padding` spaces.
    package fileprivate(set) var bytes: [UInt8]
    /// Where the lines are.
    package fileprivate(set) var range = 0..<0
    /// The length of a line behind the others that is longer than allowed; its bytes are gone.
    package fileprivate(set) var longLine: Int?
  }

  private let source: ByteSource
  private let blockSize: Int
  private let longestLine: Int
  private let padding: Int
  /// Bytes behind the last line end, which belong to the next block.
  private var rest: [UInt8]
  private var isFirst = true
  private var isAtEnd = false
  /// Memory of blocks that nobody needs any more.
  private let free = Mutex<[[UInt8]]>([])

  private static let readSize = 1 << 20

  /// - Parameters:
  ///   - source: the bytes to cut.
  ///   - prefix: what was read from `source` before.
  ///   - blockSize: bytes that a block has at least, unless the source ends.
  ///   - longestLine: in bytes; a line that is longer, and than a block, is skipped.
  ///   - padding: spaces behind a block.
  package init(
    _ source: ByteSource, startingWith prefix: [UInt8], blockSize: Int, longestLine: Int,
    padding: Int
  ) {
    precondition(blockSize > 0 && longestLine > 0 && padding >= 0, "blocks and lines have a size")
    self.source = source
    self.blockSize = blockSize
    self.longestLine = longestLine
    self.padding = padding
    rest = prefix
  }

  /// Reads the next block; nil when there are no more.
  ///
  /// One thread at a time may call it.
  ///
  /// - Throws: what the source throws; `unusable` when the text is UTF-16.
  package func next() throws(FileError) -> Block? {
    var bytes = free.withLock { $0.popLast() } ?? []
    bytes.append(contentsOf: rest)
    rest.removeAll(keepingCapacity: true)
    var wanted = blockSize
    var start = 0
    var end = 0
    while true {
      while bytes.count < wanted, try read(wanted - bytes.count, into: &bytes) {}
      if isFirst {
        isFirst = false
        start = try lengthOfByteOrderMark(bytes, path: source.path)
      }
      end = bytes.count
      if isAtEnd { break }
      // The last line end, searched from the back.
      while end > start, bytes[end - 1] != UInt8(ascii: "\n") { end -= 1 }
      if end > start || bytes.count - start > longestLine { break }
      wanted = bytes.count + blockSize
    }
    var block = Block(bytes: [])
    if !isAtEnd {
      if end == start {
        block.longLine = try skipLine(from: bytes.count - end)
      } else {
        rest.append(contentsOf: bytes[end...])
      }
      bytes.removeSubrange(end...)
    }
    if start == end, block.longLine == nil { return nil }
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: padding))
    block.bytes = bytes
    block.range = start..<end
    return block
  }

  /// Takes the memory of a block for others; any thread may call it.
  package func recycle(_ block: consuming Block) {
    var bytes = block.bytes
    block.bytes = []
    bytes.removeAll(keepingCapacity: true)
    free.withLock { $0.append(bytes) }
  }

  /// Reads on to the end of a line whose first `length` bytes are given up.
  ///
  /// - Returns: its length; what follows it is the rest.
  private func skipLine(from length: Int) throws(FileError) -> Int {
    var length = length
    var bytes: [UInt8] = []
    while true {
      bytes.removeAll(keepingCapacity: true)
      guard try read(Self.readSize, into: &bytes) else { return length }
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
        rest.append(contentsOf: bytes[(end + 1)...])
        return length + end
      }
      length += bytes.count
    }
  }

  private func read(_ count: Int, into bytes: inout [UInt8]) throws(FileError) -> Bool {
    if isAtEnd { return false }
    if try source.read(upTo: min(count, Self.readSize), into: &bytes) == 0 { isAtEnd = true }
    return !isAtEnd
  }
}
