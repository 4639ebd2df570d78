internal import Glibc

/// A value that threads change one at a time, and on whose changes they wait.
@safe package final class Monitor<Value>: @unchecked Sendable {
  // SAFETY: both are made in `init`, freed in `deinit`, and never moved; `value` is touched only while
  // the mutex is held.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var value: Value

  package init(_ value: Value) {
    self.value = value
    unsafe mutex = .allocate(capacity: 1)
    unsafe changed = .allocate(capacity: 1)
    var attributes = pthread_condattr_t()
    // SAFETY: the attributes are made, used and destroyed here; the others see the members. Waiting for
    // some seconds is by a clock that nobody sets.
    unsafe pthread_condattr_init(&attributes)
    unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    let made = unsafe (pthread_mutex_init(mutex, nil), pthread_cond_init(changed, &attributes))
    unsafe pthread_condattr_destroy(&attributes)
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
  package func change<Result>(_ body: (inout Value) -> Result) -> Result {
    // SAFETY: see the members.
    unsafe pthread_mutex_lock(mutex)
    defer {
      unsafe pthread_cond_broadcast(changed)
      unsafe pthread_mutex_unlock(mutex)
    }
    return body(&value)
  }

  /// Changes the value in a way that nobody waits for: waking a thread costs more than a small change.
  package func changeQuietly<Result>(_ body: (inout Value) -> Result) -> Result {
    // SAFETY: see the members.
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return body(&value)
  }

  /// Calls `body` now and after each change by others, until it returns something.
  ///
  /// - Parameter body: May change the value when it returns something; others are not woken then.
  /// - Returns: What it returned.
  package func wait<Result>(until body: (inout Value) -> Result?) -> Result {
    // SAFETY: see the members; waiting gives the mutex up and takes it again.
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&value) { return result }
      unsafe pthread_cond_wait(changed, mutex)
    }
  }

  /// As `wait(until:)`, but for some seconds at most.
  ///
  /// - Parameters:
  ///   - seconds: ≥ 0.
  ///   - body: May change the value when it returns something; others are not woken then.
  /// - Returns: What it returned; nil when the time was over before.
  package func wait<Result>(
    atMost seconds: Int, until body: (inout Value) -> Result?
  ) -> Result? {
    var deadline = timespec()
    // SAFETY: `deadline` outlives the calls; for the rest see the members.
    unsafe clock_gettime(CLOCK_MONOTONIC, &deadline)
    deadline.tv_sec += seconds
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&value) { return result }
      if unsafe pthread_cond_timedwait(changed, mutex, &deadline) == ETIMEDOUT {
        return body(&value)
      }
    }
  }
}
