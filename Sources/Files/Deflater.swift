internal import CZlib

/// A gzip stream being made, by zlib: always the same bytes for the same input.
///
/// Level 6, no file name, modification time 0.
@safe final class Deflater {
  // zlib keeps the address of the stream, so it stands in memory of its own.
  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // Window bits 15 + 16 ask for a gzip header. SAFETY: the stream is zero as zlib demands.
    let status = unsafe deflateInit2_(
      stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "no memory for gzip")
  }

  deinit {
    // SAFETY: initialised in `init` and ended only here.
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// The compressed bytes that `bytes` brings out; `isLast` ends the gzip data.
  func deflate(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    var output: [UInt8] = []
    var input = bytes
    let block = 1 << 16
    // SAFETY: zlib reads at most `avail_in` bytes from the input and writes at most `avail_out` to
    // the output; both are the sizes of the buffers, whose pointers do not leave the closures.
    unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe stream.pointee.next_in = source.baseAddress
      unsafe stream.pointee.avail_in = UInt32(source.count)
      var isDone = false
      while !isDone {
        let room = unsafe [UInt8](unsafeUninitializedCapacity: block) { target, count in
          unsafe stream.pointee.next_out = target.baseAddress
          unsafe stream.pointee.avail_out = UInt32(block)
          let status = unsafe CZlib.deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
          precondition(status != Z_STREAM_ERROR, "the state of the gzip stream is damaged")
          count = unsafe block - Int(stream.pointee.avail_out)
          isDone = unsafe isLast ? status == Z_STREAM_END : stream.pointee.avail_out > 0
        }
        output.append(contentsOf: room)
      }
      unsafe stream.pointee.next_in = nil
    }
    return output
  }
}
