internal import Glibc

/// A value that threads change one at a time, and on whose changes they wait.
@safe final class Monitor<Value>: @unchecked Sendable {
  // SAFETY: both are made in `init`, freed in `deinit`, and never moved; `value` is touched only while
  // the mutex is held.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var value: Value

  init(_ value: Value) {
    self.value = value
    unsafe mutex = .allocate(capacity: 1)
    unsafe changed = .allocate(capacity: 1)
    let made = unsafe (pthread_mutex_init(mutex, nil), pthread_cond_init(changed, nil))
    precondition(made == (0, 0), "ForkJoin: no resources for a monitor")
  }

  deinit {
    // SAFETY: nobody holds or waits for what has no owner any more.
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(mutex)
    unsafe changed.deallocate()
    unsafe mutex.deallocate()
  }

  /// Changes the value, and wakes all who wait.
  func change<Result>(_ body: (inout Value) -> Result) -> Result {
    // SAFETY: see the members.
    unsafe pthread_mutex_lock(mutex)
    defer {
      unsafe pthread_cond_broadcast(changed)
      unsafe pthread_mutex_unlock(mutex)
    }
    return body(&value)
  }

  /// Calls `body` now and after each change by others, until it returns something.
  ///
  /// - Parameter body: May change the value when it returns something; others are not woken then.
  /// - Returns: What it returned.
  func wait<Result>(until body: (inout Value) -> Result?) -> Result {
    // SAFETY: see the members; waiting gives the mutex up and takes it again.
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&value) { return result }
      unsafe pthread_cond_wait(changed, mutex)
    }
  }
}
