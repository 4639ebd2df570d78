import Glibc

/// The signals that ask a program to stop: SIGTERM, and SIGINT from a keyboard.
struct StopSignals {
  private var set = sigset_t()

  /// Keeps them from ending the program at once; threads that are made from now on do the same.
  init() {
    // SAFETY: the set is ours and outlives each call.
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, SIGTERM)
    unsafe sigaddset(&set, SIGINT)
    unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Waits for one of them.
  func wait() {
    var set = set
    var signal: Int32 = 0
    // SAFETY: both are ours and outlive the call.
    while unsafe sigwait(&set, &signal) != 0 {}
  }
}
