import Glibc

/// The text of an `errno` value, for instance "Permission denied".
func systemMessage(_ code: Int32) -> String {
  // SAFETY: strerror returns a terminated string; glibc keeps it per thread until the next call.
  unsafe String(cString: strerror(code))
}

/// Repeats a system call for as long as a signal interrupts it.
///
/// - Returns: the call's result, or -1 with the `errno` value.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> (result: Result, code: Int32) {
  while true {
    let result = call()
    if result != -1 { return (result, 0) }
    let code = errno
    if code != EINTR { return (-1, code) }
  }
}
