internal import Glibc
internal import Synchronization

/// How many threads the program may use; it never changes a result.
package enum ThreadCount {
  private static let setting = Atomic<Int>(0)

  /// The number in force, at least 1: what `set` was given, else the processors online.
  package static var current: Int {
    let chosen = setting.load(ordering: .relaxed)
    return chosen > 0 ? chosen : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// Limits the work to `count` threads from now on; 0 means one per processor.
  ///
  /// - Precondition: `count` ≥ 0.
  package static func set(_ count: Int) {
    precondition(count >= 0, "ForkJoin: thread count \(count) is negative")
    setting.store(count, ordering: .relaxed)
  }
}
