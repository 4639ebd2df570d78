internal import CMicroHTTPD
internal import Glibc

// An HTTP server, by libmicrohttpd.
//
//   event loops (epoll)      one a core; read requests, ask the handler, write answers
//        │ later ──────────► a thread of the handler's own; the connection is suspended meanwhile
//        ◄── HTTPReply.send
//   warden                   once a second: ends connections whose request or reader takes too long
//
// libmicrohttpd ends only connections on which nothing moves. Who sends a byte now and then would keep
// one for ever (slow loris), so each step of a connection has a time by which it must be over; where nearly
// all connections are taken, requests have less of it.

/// A server that runs from its `init` until `stop`.
@safe package final class HTTPServer: Sendable {
  /// Where it listens, with the port that it got.
  package let address: ListenAddress
  private let core: ServerCore
  nonisolated(unsafe) private let daemon: OpaquePointer
  // The key and the certificate must live as long as the daemon.
  nonisolated(unsafe) private let texts: [UnsafeMutablePointer<CChar>]
  private let warden: Warden

  /// The key and the certificate chain of TLS, both in PEM.
  package struct TLSIdentity: Sendable {
    package var key: String
    package var certificate: String

    /// Of the contents of two PEM files.
    package init(key: String, certificate: String) {
      self.key = key
      self.certificate = certificate
    }
  }

  /// Starts to listen.
  ///
  /// - Parameters:
  ///   - address: where; port 0 is any that is free.
  ///   - tls: nil serves plain HTTP.
  ///   - threads: event loops, ≥ 1.
  ///   - limits: what clients can make it hold.
  ///   - handler: answers the requests.
  /// - Throws: `HTTPServerError` when the address is not to be had, or the key and certificate are none.
  package init(
    _ address: ListenAddress, tls: TLSIdentity? = nil, threads: Int = 2,
    limits: HTTPLimits = HTTPLimits(), handler: some HTTPHandler
  ) throws(HTTPServerError) {
    var limits = limits
    limits.connections = Descriptors.connections(wanted: limits.connections)
    let core = ServerCore(handler, limits)
    let (socket, bound) = try address.listen()
    var texts: [UnsafeMutablePointer<CChar>] = unsafe []
    // SAFETY: the options hold pointers to `core` and `texts`, which this object keeps for as long as the
    // daemon runs, and plain numbers. The callbacks have the types that their options ask for.
    let context = unsafe Unmanaged.passUnretained(core).toOpaque()
    var options = unsafe [
      option(.LISTEN_SOCKET, Int(socket)),
      option(.THREAD_POOL_SIZE, threads),
      option(.CONNECTION_LIMIT, max(limits.connections, threads)),
      option(.CONNECTION_MEMORY_LIMIT, limits.headBytes),
      option(.CONNECTION_TIMEOUT, limits.secondsToRequest),
      option(.STRICT_FOR_CLIENT, 1),
      option(.URI_LOG_CALLBACK, http_logged(requestBegan), context),
      option(.NOTIFY_CONNECTION, http_connected(connectionChanged), context),
      option(.NOTIFY_COMPLETED, http_completed(requestCompleted), context),
    ]
    var flags =
      MHD_USE_EPOLL_INTERNAL_THREAD.rawValue | MHD_USE_SUSPEND_RESUME.rawValue
      | MHD_USE_TURBO.rawValue
    if let tls {
      flags |= MHD_USE_TLS.rawValue
      let settings: [(MHD_OPTION, String)] = [
        (.HTTPS_MEM_KEY, tls.key), (.HTTPS_MEM_CERT, tls.certificate),
        (.HTTPS_PRIORITIES, Self.priorities),
      ]
      for (name, text) in settings {
        guard let copy = unsafe strdup(text) else { preconditionFailure("no memory for a key") }
        unsafe texts.append(copy)
        unsafe options.append(option(name, 0, UnsafeMutableRawPointer(copy)))
      }
    }
    unsafe options.append(option(.END, 0))
    guard
      let daemon = unsafe http_start(
        flags, 0, mayConnect, context, requestContinued, context, &options)
    else {
      close(socket)
      unsafe Self.forget(texts)
      throw HTTPServerError(
        tls == nil ? .resources : .certificate,
        tls == nil
          ? "The service cannot start on \(bound): the system has no threads or descriptors left."
          : "The service cannot start on \(bound): the certificate or its key cannot be used. Expected "
            + "PEM files of one pair, the key without a password.")
    }
    self.core = core
    self.address = bound
    unsafe self.daemon = daemon
    unsafe self.texts = texts
    warden = Warden { core.endOverdueConnections() }
  }

  /// TLS 1.2 and 1.3 with forward secrecy and authenticated encryption.
  private static let priorities =
    "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-CIPHER-ALL:+AES-256-GCM:+AES-128-GCM:"
    + "+CHACHA20-POLY1305"

  /// Gives back the memory of secrets, and leaves nothing of them in it.
  private static func forget(_ texts: [UnsafeMutablePointer<CChar>]) {
    // SAFETY: each is a terminated copy that `strdup` made.
    unsafe texts.forEach {
      unsafe explicit_bzero($0, strlen($0))
      unsafe free($0)
    }
  }

  /// Stops: takes no more connections, lets what is being answered leave, and ends the rest.
  ///
  /// New connections are ended at once, by `mayConnect`. MHD_quiesce_daemon is not used: in 0.9.75 it and an
  /// event loop that something wakes in that moment both take the socket out of the loop's epoll set, and who
  /// comes second ends the program.
  ///
  /// - Parameter grace: seconds that answers have to leave.
  package func stop(grace: Int = 10) {
    // SAFETY: the daemon runs until MHD_stop_daemon, which `isStopping` allows once.
    guard core.beginStopping() else { return }
    core.awaitAnswers(seconds: grace)
    core.refuseWaiting()
    warden.stop()
    // It closes the socket too.
    unsafe MHD_stop_daemon(daemon)
    unsafe Self.forget(texts)
  }
}

private func option(
  _ name: MHD_OPTION, _ value: Int, _ pointer: UnsafeMutableRawPointer? = nil
) -> MHD_OptionItem {
  unsafe MHD_OptionItem(option: name, value: value, ptr_value: pointer)
}
