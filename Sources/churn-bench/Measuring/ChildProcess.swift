import CommandLineKit
import Files
import Glibc

// Programs are started with posix_spawn, every signal at its default and none blocked: a child that
// inherits a blocked mask cannot be ended by `timeout` or Ctrl-C.
//
// The kernel counts the starting process's memory into the child's peak (it looks at the memory that
// `exec` replaces), so the process that starts the measured ones must itself stay small. Everything
// that takes memory, writing workloads and reading stores, is done by children, too.

/// A program that ran to its end.
struct ChildProcess {
  /// From before its start to after its end.
  let seconds: Double
  /// The most memory it held, in bytes; never less than what the starting process held.
  let peakMemory: Int
  /// User and system time.
  let processorSeconds: Double
  /// The exit status, or 128 + the signal that ended it.
  let status: Int32
  /// What it wrote to standard output.
  let output: [UInt8]
  /// What it wrote to standard error.
  let errors: [UInt8]

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - words: the program's path and its arguments.
  ///   - changes: variables beyond the usual ones.
  ///   - scratch: a folder for what it prints.
  /// - Throws: `FileError` when it cannot be started.
  init(
    _ words: [String], environment changes: [String: String] = [:], scratch: String
  ) throws {
    let (outputFile, errorsFile) = ("\(scratch)/child.out", "\(scratch)/child.err")
    let start = monotonicSeconds()
    let child = try Self.spawn(words, Self.environment(changes), outputFile, errorsFile)
    var waitStatus: Int32 = 0
    var usage = rusage()
    // SAFETY: both are ours, and `child` is waited for nowhere else.
    while unsafe wait4(child, &waitStatus, 0, &usage) != child, errno == EINTR {}
    seconds = monotonicSeconds() - start
    peakMemory = usage.ru_maxrss * 1_024
    processorSeconds = usage.processorSeconds
    let signal = waitStatus & 0x7F
    status = signal == 0 ? waitStatus >> 8 & 0xFF : 128 + signal
    output = try contents(ofFile: outputFile)
    errors = try contents(ofFile: errorsFile)
  }

  private static func spawn(
    _ words: [String], _ environment: [String], _ output: String, _ errors: String
  ) throws(FileError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    // SAFETY: both are initialised here and destroyed below; glibc copies every path given to it.
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    let writing = O_WRONLY | O_CREAT | O_TRUNC
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, output, writing, 0o600)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, errors, writing, 0o600)
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var child: pid_t = 0
    let code = unsafe withCStrings(words) { arguments in
      unsafe withCStrings(environment) { variables in
        unsafe posix_spawn(&child, words[0], &actions, &attributes, arguments, variables)
      }
    }
    guard code == 0 else {
      throw FileError(
        kind: .missing, path: words[0],
        what: unsafe "cannot be started: \(String(cString: strerror(code)))")
    }
    return child
  }

  /// What a child sees as `NAME=VALUE`: the few variables that programs need to find things, and
  /// the changes.
  private static func environment(_ changes: [String: String]) -> [String] {
    var variables = changes
    for name in ["PATH", "HOME", "TMPDIR", "LANG", "LD_LIBRARY_PATH"] where changes[name] == nil {
      variables[name] = environmentVariable(name)
    }
    return variables.map { "\($0)=\($1)" }.sorted()
  }

  /// Hands out the texts as C has them: terminated each, and a nil behind the last.
  private static func withCStrings<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    // SAFETY: the copies live until they are freed here, after `body`.
    let copies = unsafe texts.map { unsafe strdup($0) }
    defer { unsafe copies.forEach { unsafe free($0) } }
    return unsafe body(copies + [nil])
  }
}
