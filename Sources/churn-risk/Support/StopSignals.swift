import Glibc
import Synchronization

/// The signals that ask a program to stop: SIGTERM, SIGINT from a keyboard, and SIGHUP of a terminal that closes.
///
/// Handlers and not a mask: libraries make threads before the program begins, which no mask of ours would reach.
struct StopSignals {
  private static let pipe = Atomic<Int32>(-1)
  private let reading: Int32

  /// From now on they end nothing by themselves.
  init() {
    var ends: [Int32] = [-1, -1]
    // SAFETY: the array has room for the two descriptors.
    let made = unsafe ends.withUnsafeMutableBufferPointer { unsafe Glibc.pipe($0.baseAddress) }
    precondition(made == 0, "no descriptors for a pipe")
    reading = ends[0]
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    Self.pipe.store(ends[1], ordering: .relaxed)
    for number in [SIGTERM, SIGINT, SIGHUP] {
      // SAFETY: the handler only writes to a pipe, which a handler may.
      signal(number) { _ in
        var byte: UInt8 = 1
        _ = unsafe write(StopSignals.pipe.load(ordering: .relaxed), &byte, 1)
      }
    }
  }

  /// Waits for the first of them.
  func wait() {
    var byte: UInt8 = 0
    // SAFETY: one byte is read into one byte.
    while unsafe read(reading, &byte, 1) != 1 {}
  }
}
