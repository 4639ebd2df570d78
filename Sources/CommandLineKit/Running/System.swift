internal import Glibc

/// The few calls into the C library that this room needs; all its unsafe code is here.
enum System {
  /// What one `write(2)` did.
  enum WriteResult: Equatable {
    case wrote(Int)
    case interrupted
    case wouldBlock
    case brokenPipe
    case failed(code: Int32)
  }

  /// Writes some of the bytes, at least one unless the result says why not.
  static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> WriteResult {
    // SAFETY: the pointer and the count come from the same buffer, which lives through the call;
    // write(2) only reads it.
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
    }
    guard count < 0 else { return .wrote(count) }
    return switch errno {
    case EINTR: .interrupted
    case EAGAIN: .wouldBlock
    case EPIPE: .brokenPipe
    case let code: .failed(code: code)
    }
  }

  /// Waits until a descriptor in non-blocking mode accepts bytes again.
  static func waitUntilWritable(_ descriptor: Int32) {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    // SAFETY: the pointer is to one pollfd, the count is 1, and poll(2) keeps neither.
    _ = unsafe poll(&request, 1, -1)
  }

  /// Makes a write to a closed pipe return `EPIPE` instead of killing the process.
  static func ignoreBrokenPipeSignal() {
    _ = signal(SIGPIPE, SIG_IGN)
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The width of the terminal's window; nil when the descriptor is no terminal or does not say.
  static func windowColumns(_ descriptor: Int32) -> Int? {
    var size = winsize()
    // SAFETY: TIOCGWINSZ fills one winsize, which is what the pointer is to.
    let result = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size)
    return result == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
  }

  /// An environment variable; nil when it is not set.
  static func environment(_ name: String) -> String? {
    // SAFETY: nothing in this program changes the environment, so the text that getenv(3) points to
    // stays as it is while it is copied.
    guard let text = unsafe getenv(name) else { return nil }
    return unsafe String(cString: text)
  }

  /// The system's words for an error number.
  static func reason(forError code: Int32) -> String {
    // SAFETY: strerror(3) returns a text that ends in zero; glibc keeps it per thread since 2.32, and
    // it is copied before anything else is called.
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }

  /// Ends the process.
  static func exit(_ code: ExitCode) -> Never { Glibc.exit(code.rawValue) }
}
