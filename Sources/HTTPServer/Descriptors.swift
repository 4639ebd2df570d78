internal import Glibc

/// The descriptors of the process, which connections share with files.
enum Descriptors {
  /// What files need: the history and its journal for each reader, logs, scores, certificates.
  private static let files = 256

  /// Raises the limit of descriptors as far as it is needed and allowed.
  ///
  /// Without it a shell's usual 1,024 would be gone before the connections are at their limit, and then
  /// neither the history nor the activity log could be opened.
  /// - Parameter wanted: connections at a time.
  /// - Returns: how many there can be beside the files, at least 1.
  static func connections(wanted: Int) -> Int {
    var limit = rlimit()
    let resource = __rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue))
    // SAFETY: `limit` outlives the calls.
    guard unsafe getrlimit(resource, &limit) == 0 else { return wanted }
    let needed = rlim_t(wanted + files)
    if limit.rlim_cur < needed {
      var raised = limit
      raised.rlim_cur = min(needed, limit.rlim_max)
      if unsafe setrlimit(resource, &raised) == 0 { limit = raised }
    }
    guard limit.rlim_cur < needed else { return wanted }
    return max(1, Int(limit.rlim_cur) - min(files, Int(limit.rlim_cur) / 2))
  }
}
