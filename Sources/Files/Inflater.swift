internal import CZlib

/// A gzip stream being read, by zlib; one member at a time.
@safe final class Inflater {
  enum Outcome {
    /// More of both may follow.
    case more
    /// The member ended; `consumed` tells where.
    case endOfMember
    /// The data is not gzip, or was changed; zlib's reason.
    case damaged(String)
  }

  // zlib keeps the address of the stream, so it stands in memory of its own.
  private let stream: UnsafeMutablePointer<z_stream>

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // Window bits 15 + 16 accept gzip and nothing else. The macro inflateInit2 is not imported, so
    // this calls what it stands for. SAFETY: the stream is zero as zlib demands.
    let status = unsafe inflateInit2_(
      stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "no memory for gzip")
  }

  deinit {
    // SAFETY: initialised in `init` and ended only here.
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Starts the next member.
  func reset() {
    // SAFETY: the stream was initialised in `init`.
    unsafe inflateReset(stream)
  }

  /// Inflates from `input[start...]` to the end of `output`.
  ///
  /// - Parameters:
  ///   - input: compressed bytes; not changed.
  ///   - start: the first one not used so far.
  ///   - output: where the inflated bytes go.
  ///   - limit: how many bytes may be appended, at least 1.
  /// - Returns: how many bytes of the input were used, how many were appended, and how it went.
  func inflate(
    _ input: inout [UInt8], from start: Int, into output: inout [UInt8], limit: Int
  ) -> (consumed: Int, produced: Int, outcome: Outcome) {
    let available = input.count - start
    precondition(start >= 0 && available >= 0 && limit > 0 && limit <= 1 << 30)
    var status = Z_OK
    output.append(addingCapacity: limit) { room in
      // SAFETY: zlib reads at most the `available` bytes from `start`, which the array has (checked
      // above), and writes at most `limit`, which `room` has; no pointer leaves the closures.
      unsafe room.withUnsafeMutableBufferPointer { target, written in
        unsafe input.withUnsafeMutableBufferPointer { source in
          unsafe stream.pointee.next_in = source.baseAddress.map { unsafe $0 + start }
          unsafe stream.pointee.avail_in = UInt32(available)
          unsafe stream.pointee.next_out = target.baseAddress
          unsafe stream.pointee.avail_out = UInt32(limit)
          status = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
        }
        written = unsafe limit - Int(stream.pointee.avail_out)
      }
    }
    let consumed = unsafe available - Int(stream.pointee.avail_in)
    let produced = unsafe limit - Int(stream.pointee.avail_out)
    switch status {
    case Z_STREAM_END: return (consumed, produced, .endOfMember)
    case Z_OK, Z_BUF_ERROR: return (consumed, produced, .more)
    default:
      // SAFETY: zlib's messages are static terminated strings.
      let reason = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
      return (consumed, produced, .damaged(reason ?? "error \(status)"))
    }
  }
}
