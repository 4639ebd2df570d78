internal import Synchronization

/// The threads that may still join in, over all calls that run at the same time.
enum SpareThreads {
  /// How many have been taken and not given back.
  private static let taken = Atomic<Int>(0)

  /// Takes as many as are left of `ThreadCount.current` − 1, at most `wanted`.
  static func take(upTo wanted: Int) -> Int {
    var used = taken.load(ordering: .relaxed)
    while true {
      let granted = min(wanted, ThreadCount.current - 1 - used)
      guard granted > 0 else { return 0 }
      let attempt = taken.compareExchange(
        expected: used, desired: used + granted, ordering: .relaxed)
      if attempt.exchanged { return granted }
      used = attempt.original
    }
  }

  /// Gives one back.
  static func giveBack() { taken.wrappingSubtract(1, ordering: .relaxed) }
}
