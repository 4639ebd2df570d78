import Foundation
import Glibc

// Why not Foundation's Process: on Linux it starts programs with whatever signal mask happens to be
// in memory, so that `kill` and `timeout` may not reach them, and it learns of their end from a
// socket that their own children inherit, so that a server left behind makes it wait for ever.

/// Programs started with posix_spawn, every signal at its default.
enum ChildProcess {
  /// Longer than any program of these tests needs, in seconds; then it is killed.
  private static let deadline = 600.0

  struct SpawnError: Error, CustomStringConvertible {
    let executable: String
    let code: Int32
    var description: String { unsafe "\(executable): \(String(cString: strerror(code)))" }
  }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - executable: the program's path, or its name on the search path.
  ///   - words: the arguments behind the program's name.
  ///   - folder: its working directory.
  ///   - environment: all of its variables.
  ///   - streams: paths of files for standard input, output and error; they must exist.
  ///   - killedAfter: when the program gets SIGKILL, unless it has ended by then; nil for never.
  /// - Returns: the exit status, or 128 + the signal that ended it, as a shell says it.
  /// - Throws: `SpawnError` when no process can be made.
  static func run(
    _ executable: String, _ words: [String], folder: String, environment: [String: String],
    streams: (input: String, output: String, errors: String), killedAfter: Duration? = nil
  ) throws -> Int32 {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    // SAFETY: both are initialised here and destroyed below; glibc copies every path given to it.
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, streams.input, O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, streams.output, O_WRONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, streams.errors, O_WRONLY, 0)
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var child: pid_t = 0
    // glibc's own way to change the folder is not in Swift's module; `env` becomes the program.
    let env = "/usr/bin/env"
    let code = unsafe withCStrings([env, "--chdir=\(folder)", executable] + words) { arguments in
      unsafe withCStrings(environment.map { "\($0)=\($1)" }) { variables in
        unsafe posix_spawn(&child, env, &actions, &attributes, arguments, variables)
      }
    }
    guard code == 0 else { throw SpawnError(executable: env, code: code) }
    return wait(for: child, killedAfter ?? .seconds(deadline))
  }

  private static func wait(for child: pid_t, _ patience: Duration) -> Int32 {
    let start = ContinuousClock.now
    var status: Int32 = 0
    // SAFETY: `status` is ours, and `child` is waited for nowhere else.
    while unsafe waitpid(child, &status, WNOHANG) != child {
      if ContinuousClock.now - start > patience { kill(child, SIGKILL) }
      usleep(100)
    }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
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
