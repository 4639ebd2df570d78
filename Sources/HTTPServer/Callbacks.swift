internal import CMicroHTTPD
internal import Glibc

// What libmicrohttpd calls, on its event loops. They are functions of a file without a global actor: a
// closure in top-level code would belong to the main actor and stop the program when another thread
// calls it.
//
// SAFETY, for all of them: `context` is the server's core, which outlives its daemon; the context of a
// socket is the connection retained in `connectionChanged`, valid until its end there; texts are
// NUL-terminated and live for the duration of the call.

private func core(_ context: UnsafeMutableRawPointer?) -> ServerCore {
  guard let context = unsafe context else { preconditionFailure("a callback without a server") }
  return unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
}

private func serverConnection(_ connection: OpaquePointer?) -> ServerConnection? {
  guard let context = unsafe http_socket_context(connection) else { return nil }
  return unsafe Unmanaged<ServerConnection>.fromOpaque(context).takeUnretainedValue()
}

/// A server that stops takes no more connections.
func mayConnect(
  _ context: UnsafeMutableRawPointer?, _ address: UnsafePointer<sockaddr>?, _ length: socklen_t
) -> MHD_Result {
  unsafe core(context).isClosing ? .NO : .YES
}

func connectionChanged(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ socketContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ change: MHD_ConnectionNotificationCode
) {
  let core = unsafe core(context)
  guard let socketContext = unsafe socketContext else { return }
  if change == .CONNECTION_NOTIFY_STARTED {
    let began = unsafe ServerConnection(
      peer: PeerAddress(http_peer(connection)), socket: http_socket(connection))
    core.add(began)
    unsafe socketContext.pointee = Unmanaged.passRetained(began).toOpaque()
  } else if let ended = unsafe socketContext.pointee {
    let ended = unsafe Unmanaged<ServerConnection>.fromOpaque(ended).takeRetainedValue()
    core.remove(ended)
    unsafe socketContext.pointee = nil
  }
}

func requestBegan(
  _ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
  guard let target = unsafe target else { return nil }
  unsafe serverConnection(connection)?.request = PendingRequest(target: String(cString: target))
  return nil
}

func requestCompleted(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ requestContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ how: MHD_RequestTerminationCode
) {
  let core = unsafe core(context)
  guard let server = unsafe serverConnection(connection) else { return }
  server.enter(.requesting)
  guard let request = server.request else { return }
  server.request = nil
  guard request.change({ $0.isCounted }) else { return }
  core.countAnswer(by: -1)
}

/// Is called with the head, with each piece of the body, at the end, and once more with the answer of
/// another thread.
func requestContinued(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ path: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?,
  _ upload: UnsafePointer<CChar>?, _ uploadSize: UnsafeMutablePointer<Int>?,
  _ requestContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  let core = unsafe core(context)
  guard let connection = unsafe connection, let server = unsafe serverConnection(connection),
    let request = server.request, let method = unsafe method, let uploadSize = unsafe uploadSize
  else { return .NO }
  let isHead = request.change { state in
    defer { state.isHeadRead = true }
    return !state.isHeadRead
  }
  if isHead {
    let isAmbiguous = unsafe http_is_ambiguous(connection) != 0
    let isTooLong = unsafe bodySize(connection) > core.limits.bodyBytes
    guard isAmbiguous || isTooLong else { return .YES }
    let asked = unsafe asked(connection, server, request, String(cString: method), body: [])
    var response = core.handler.refuse(asked, status: isAmbiguous ? 400 : 413)
    if isAmbiguous { response.headers.append(HTTPResponse.Header("Connection", "close")) }
    return unsafe queue(response, on: connection, server, core)
  }
  if unsafe uploadSize.pointee > 0 {
    let count = unsafe uploadSize.pointee
    let piece = unsafe Array(UnsafeRawBufferPointer(start: upload, count: count))
    unsafe uploadSize.pointee = 0
    // A body without a length in its head is read on to its end, to be answered there, unless that is far.
    let limit = core.limits.bodyBytes
    let size = request.change { state in
      state.bodySize += piece.count
      if state.bodySize <= limit { state.body += piece } else { state.body = [] }
      return state.bodySize
    }
    return size > limit * 64 ? .NO : .YES
  }
  if let response = request.change({ $0.response }) {
    return unsafe queue(response, on: connection, server, core)
  }
  // Woken without an answer: not by us.
  guard !request.change({ $0.isAsked }) else { return .YES }
  return unsafe ask(core, connection, server, request, method: String(cString: method))
}

private func ask(
  _ core: ServerCore, _ connection: OpaquePointer, _ server: ServerConnection,
  _ request: PendingRequest, method: String
) -> MHD_Result {
  let (body, size) = request.change { state in
    state.isAsked = true
    state.isCounted = true
    return (state.body, state.bodySize)
  }
  core.countAnswer(by: 1)
  server.enter(.computing)
  let asked = unsafe asked(connection, server, request, method, body: body)
  guard size <= core.limits.bodyBytes else {
    return unsafe queue(core.handler.refuse(asked, status: 413), on: connection, server, core)
  }
  switch core.handler.answer(asked) {
  case .now(let response): return unsafe queue(response, on: connection, server, core)
  case .later(let start):
    let reply = unsafe HTTPReply(core, request, asked, connection)
    unsafe MHD_suspend_connection(connection)
    if core.begin(reply) { start(reply) } else { reply.refuse() }
    return .YES
  }
}

private func asked(
  _ connection: OpaquePointer, _ server: ServerConnection, _ request: PendingRequest,
  _ method: String, body: [UInt8]
) -> HTTPRequest {
  HTTPRequest(
    method: method, target: request.target, headers: unsafe headers(of: connection), body: body,
    peer: server.peer.text, isFromLoopback: server.peer.isLoopback)
}

private func queue(
  _ response: HTTPResponse, on connection: OpaquePointer, _ server: ServerConnection,
  _ core: ServerCore
) -> MHD_Result {
  server.enter(.answering)
  let response =
    core.hold(response.body)
    ? response : HTTPResponse(503, headers: [HTTPResponse.Header("Retry-After", "1")])
  let body = response.body
  // SAFETY: the retained hold is released by `bodyIsDone`, which is called once, when the last byte was sent
  // or nobody wants it any more.
  let owner = unsafe Unmanaged.passRetained(HeldBody(body, core)).toOpaque()
  guard
    let made = unsafe MHD_create_response_from_buffer_with_free_callback_cls(
      body.count, body.address, bodyIsDone, owner)
  else {
    unsafe Unmanaged<HeldBody>.fromOpaque(owner).release()
    return .NO
  }
  for header in response.headers {
    unsafe MHD_add_response_header(made, header.name, header.value)
  }
  if core.isClosing { unsafe MHD_add_response_header(made, "Connection", "close") }
  let result = unsafe MHD_queue_response(connection, UInt32(response.status), made)
  unsafe MHD_destroy_response(made)
  return result
}

private func bodyIsDone(_ owner: UnsafeMutableRawPointer?) {
  if let owner = unsafe owner { unsafe Unmanaged<HeldBody>.fromOpaque(owner).release() }
}

/// A body on its way to one client.
private final class HeldBody: Sendable {
  private let body: HTTPBody
  private let core: ServerCore

  /// - Precondition: the core holds the body.
  init(_ body: HTTPBody, _ core: ServerCore) {
    self.body = body
    self.core = core
  }

  deinit { core.letGo(body) }
}

private func header(_ name: String, of connection: OpaquePointer) -> String? {
  let value = unsafe MHD_lookup_connection_value(connection, .HEADER_KIND, name)
  return unsafe value.map { unsafe String(cString: $0) }
}

private func bodySize(_ connection: OpaquePointer) -> Int {
  guard let text = unsafe header("Content-Length", of: connection) else { return 0 }
  return Int(text) ?? .max
}

private func headers(of connection: OpaquePointer) -> HTTPRequest.Headers {
  var headers = HTTPRequest.Headers()
  unsafe headers.authorization = header("Authorization", of: connection)
  unsafe headers.cookie = header("Cookie", of: connection)
  unsafe headers.host = header("Host", of: connection)
  unsafe headers.origin = header("Origin", of: connection)
  unsafe headers.accept = header("Accept", of: connection)
  unsafe headers.acceptEncoding = header("Accept-Encoding", of: connection)
  unsafe headers.forwardedFor = header("X-Forwarded-For", of: connection)
  unsafe headers.forwarded = header("Forwarded", of: connection)
  unsafe headers.requestId = header("MS-RequestId", of: connection)
  unsafe headers.correlationId = header("MS-CorrelationId", of: connection)
  return headers
}
