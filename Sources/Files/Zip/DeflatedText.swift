internal import CISAL
internal import CZlib

/// Bytes that are compressed as a zip archive wants them, in pieces that are made apart, on any thread.
///
/// ```
/// piece 0 ──deflate──► ends at a byte ┐
/// piece 1 ──deflate──► ends at a byte ┼── one behind the other, then an empty last block
/// piece 2 ──deflate──► ends at a byte ┘
/// ```
/// No piece looks back into another, so the bytes do not depend on who made which.
package struct DeflatedText: Sendable {
  /// One piece, with the CRC-32 and the length of what went in.
  package struct Piece: Sendable {
    fileprivate let bytes: [UInt8]
    fileprivate let crc: UInt32
    fileprivate let size: Int

    /// Compresses bytes.
    package init(_ text: [UInt8]) {
      size = text.count
      // Stored blocks are the worst: five bytes for each 65,535, and some for the flush.
      let room = text.count + (text.count / 65_535 + 1) * 5 + 64
      precondition(room <= UInt32.max, "a piece of \(text.count) bytes is too big")
      // SAFETY: both pointers cover the counts that are told, and do not leave the closures.
      (crc, bytes) = unsafe text.withUnsafeBufferPointer { input in
        let crc = unsafe crc_of_bytes(input.baseAddress, UInt64(input.count))
        let made = unsafe [UInt8](unsafeUninitializedCapacity: room) { output, count in
          count =
            unsafe input.isEmpty
            ? 0
            : deflate_piece(
              input.baseAddress, UInt32(input.count), output.baseAddress, UInt32(room))
        }
        return (crc, made)
      }
      precondition(text.isEmpty || !bytes.isEmpty, "no memory to compress")
    }
  }

  private var pieces: [[UInt8]] = []
  private(set) var crc: UInt32 = 0
  /// Before and after compression, the latter with the end of the stream.
  package private(set) var size = 0
  private(set) var compressedSize = Self.end.count

  /// An empty block that is the last.
  private static let end: [UInt8] = [3, 0]

  package init() {}

  package init(_ text: [UInt8]) { append(Piece(text)) }

  /// Puts a piece behind the others.
  package mutating func append(_ piece: Piece) {
    crc = UInt32(crc32_combine(UInt(crc), UInt(piece.crc), piece.size))
    pieces.append(piece.bytes)
    size += piece.size
    compressedSize += piece.bytes.count
  }

  func write(to output: inout OutputFile) throws(FileError) {
    for piece in pieces { try output.write(piece) }
    try output.write(Self.end)
  }
}
