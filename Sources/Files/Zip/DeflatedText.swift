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

    /// Compresses bytes by zlib.
    ///
    /// The same bytes give the same in every process; those of ISA-L's deflate now and then differ.
    package init(_ text: [UInt8]) {
      precondition(text.count < UInt32.max, "a piece of \(text.count) bytes is too big")
      size = text.count
      // SAFETY: the pointer covers the count that is told, and does not leave the closure.
      crc = unsafe text.withUnsafeBufferPointer { input in
        unsafe crc_of_bytes(input.baseAddress, UInt64(input.count))
      }
      bytes = text.isEmpty ? [] : Self.deflated(text)
    }

    /// A third faster than the default, for seven percent more bytes.
    private static let level: Int32 = 4

    /// Raw deflate that ends at a byte, without an end of the stream.
    private static func deflated(_ text: [UInt8]) -> [UInt8] {
      var stream = unsafe z_stream()
      // SAFETY: the stream is zero as zlib demands, and stays where it is until it is ended.
      return unsafe withUnsafeMutablePointer(to: &stream) { stream in
        let status = unsafe deflateInit2_(
          stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
          Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "no memory to compress")
        defer { unsafe deflateEnd(stream) }
        // The bound is that of a whole stream; a flush takes some bytes besides.
        let room = unsafe Int(deflateBound(stream, UInt(text.count))) + 64
        return unsafe text.withUnsafeBufferPointer { input in
          unsafe [UInt8](unsafeUninitializedCapacity: room) { output, count in
            // zlib does not write to its input.
            unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            unsafe stream.pointee.avail_in = UInt32(input.count)
            unsafe stream.pointee.next_out = output.baseAddress
            unsafe stream.pointee.avail_out = UInt32(room)
            let status = unsafe CZlib.deflate(stream, Z_FULL_FLUSH)
            count = unsafe room - Int(stream.pointee.avail_out)
            precondition(
              unsafe status == Z_OK && stream.pointee.avail_in == 0 && count < room,
              "a piece did not fit")
          }
        }
      }
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
