internal import CISAL

/// A gzip stream being read, by ISA-L; one member at a time.
@safe final class Inflater {
  enum Outcome {
    /// More of both may follow.
    case more
    /// The member ended; `consumed` tells where.
    case endOfMember
    /// The data is not gzip, or was changed; why.
    case damaged(String)
  }

  private let handle: OpaquePointer

  init() {
    // SAFETY: nil is returned only without memory.
    guard let handle = unsafe gzip_inflater_create() else {
      preconditionFailure("no memory for gzip")
    }
    unsafe self.handle = handle
  }

  deinit {
    // SAFETY: the handle is ours and was not freed before.
    unsafe gzip_inflater_free(handle)
  }

  /// Starts the next member.
  func reset() {
    // SAFETY: the handle is valid.
    unsafe gzip_inflater_reset(handle)
  }

  /// Inflates from `input[start...]` to the end of `output`.
  ///
  /// - Parameters:
  ///   - input: compressed bytes.
  ///   - start: the first one not used so far.
  ///   - output: where the inflated bytes go.
  ///   - limit: how many bytes may be appended, at least 1.
  /// - Returns: how many bytes of the input were used, how many were appended, and how it went.
  func inflate(
    _ input: Span<UInt8>, from start: Int, into output: inout [UInt8], limit: Int
  ) -> (consumed: Int, produced: Int, outcome: Outcome) {
    let available = input.count - start
    precondition(start >= 0 && available >= 0 && limit > 0 && limit <= 1 << 30)
    var inputLeft = UInt32(available)
    var outputLeft = UInt32(limit)
    var code: Int32 = 0
    output.append(addingCapacity: limit) { room in
      // SAFETY: at most the `available` bytes from `start` are read, which the span has (checked
      // above), and at most `limit` written, which `room` has; no pointer leaves the closures.
      unsafe room.withUnsafeMutableBufferPointer { target, written in
        unsafe input.withUnsafeBufferPointer { source in
          code = unsafe gzip_inflater_run(
            handle, source.baseAddress.map { unsafe $0 + start }, &inputLeft, target.baseAddress,
            &outputLeft)
        }
        written = limit - Int(outputLeft)
      }
    }
    let consumed = available - Int(inputLeft)
    let produced = limit - Int(outputLeft)
    switch code {
    case ISAL_DECOMP_OK, ISAL_END_INPUT:
      let isDone = unsafe gzip_inflater_is_done(handle) != 0
      return (consumed, produced, isDone ? .endOfMember : .more)
    case ISAL_INCORRECT_CHECKSUM: return (consumed, produced, .damaged("incorrect data check"))
    case ISAL_INVALID_WRAPPER, ISAL_UNSUPPORTED_METHOD:
      return (consumed, produced, .damaged("incorrect header check"))
    case ISAL_INVALID_LOOKBACK:
      return (consumed, produced, .damaged("invalid distance too far back"))
    default: return (consumed, produced, .damaged("invalid block"))
    }
  }
}
