internal import Glibc

// Who may take the file of a store away: only somebody who knows that nobody else has it open.
//
//   everyone who opens a store     shared lock on its folder, for as long as the store is open
//   an import that brought nothing asks for the exclusive one, without waiting:
//                                  granted ──► it is alone ──► the file that it made can go
//                                  refused ──► the file stays; readers take it for none
//
// It is a lock on the folder (flock(2)) and not on the file: closing a second descriptor of the file
// would end SQLite's own locks on it, and a file that is gone guards nothing. Where a file system
// knows no such locks, or somebody else holds the folder (`flock exports/ churn-risk …` in a weekly
// job), nobody is ever known to be alone, and the file stays.

/// The presence of one opened store in its folder.
final class StoreGuard {
  private let descriptor: Int32

  /// A file is taken away within milliseconds; whoever holds the folder longer is somebody else.
  private static let attempts = 20
  private static let pauseInMicroseconds: UInt32 = 5_000

  /// Announces a store that is about to be opened.
  ///
  /// - Returns: nil where the folder cannot be opened or locked.
  init?(store path: String) {
    var folder = "."
    if let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) {
      folder = slash == path.utf8.startIndex ? "/" : String(path[..<slash])
    }
    // SAFETY: the path is a C string for the duration of the call.
    descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    for attempt in 1...Self.attempts {
      if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return }
      if attempt < Self.attempts { usleep(Self.pauseInMicroseconds) }
    }
    return nil
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Whether no other store of the folder is open, in this process or in another one.
  ///
  /// If so, none can be opened until this value is gone; if not, it is of no further use.
  func isAlone() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }
}
