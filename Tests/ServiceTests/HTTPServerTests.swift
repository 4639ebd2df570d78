import Glibc
import HTTPServer
import Synchronization
import Testing

/// Says what it was asked; some paths are answered by another thread, or in other ways.
private final class Echo: HTTPHandler {
  let waiting = Mutex<[HTTPReply]>([])

  func answer(_ request: HTTPRequest) -> HTTPAnswer {
    let text =
      "\(request.method) \(request.target) \(request.headers.authorization ?? "-") "
      + "\(String(decoding: request.body, as: UTF8.self)) \(request.peer) \(request.isFromLoopback)"
    let response = HTTPResponse(
      200, headers: [HTTPResponse.Header("X-Own", "yes")], body: HTTPBody(Array(text.utf8)))
    switch request.target {
    case "/later":
      return .later { reply in
        let thread = Thread { reply.send(response) }
        thread.start()
      }
    case "/held":
      return .later { reply in self.waiting.withLock { $0.append(reply) } }
    default: return .now(response)
    }
  }

}

/// A thread of its own.
private final class Thread: Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  func start() {
    var thread = pthread_t()
    // SAFETY: the object is retained for the thread, which releases it.
    let context = unsafe Unmanaged.passRetained(self).toOpaque()
    let code = unsafe pthread_create(&thread, nil, runThread, context)
    precondition(code == 0)
    pthread_detach(thread)
  }

  fileprivate func run() { body() }
}

private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context = unsafe context {
    unsafe Unmanaged<Thread>.fromOpaque(context).takeRetainedValue().run()
  }
  return nil
}

@Suite(.serialized) struct HTTPServerTests {
  private let echo = Echo()

  private func server(_ limits: HTTPLimits = HTTPLimits()) throws -> HTTPServer {
    let address = try #require(ListenAddress("127.0.0.1:0"))
    return try HTTPServer(address, limits: limits, handler: echo)
  }

  @Test func `a request reaches the handler as it was sent, and its answer the client`() throws {
    let server = try server()
    defer { server.stop() }
    let client = Client(port: server.address.port)
    let answer = try #require(client.get("/a%20b?c=%27d%27&e", ["Authorization": "Bearer x"]))
    #expect(answer.status == 200)
    #expect(answer.body == "GET /a%20b?c=%27d%27&e Bearer x  127.0.0.1 true")
    #expect(answer.headers["x-own"] == "yes")
  }

  @Test
  func `many requests of one connection are answered in their order, those of other threads too`()
    throws
  {
    let server = try server()
    defer { server.stop() }
    let client = Client(port: server.address.port)
    for number in 0..<50 {
      let target = number % 3 == 0 ? "/later" : "/\(number)"
      #expect(client.get(target)?.body.hasPrefix("GET \(target) ") == true)
    }
    client.send(
      (0..<10).map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
    for number in 0..<10 { #expect(client.answer()?.body.hasPrefix("GET /\(number) ") == true) }
  }

  @Test func `HEAD gets the headers of GET and no body`() throws {
    let server = try server()
    defer { server.stop() }
    let client = Client(port: server.address.port)
    let answer = try #require(client.get("/x", method: "HEAD"))
    #expect(answer.headers["content-length"] == "\("HEAD /x -  127.0.0.1 true".utf8.count)")
    #expect(client.get("/y")?.status == 200)
  }

  @Test func `a body is read up to its bound, and refused above`() throws {
    var limits = HTTPLimits()
    limits.bodyBytes = 100
    let server = try server(limits)
    defer { server.stop() }
    let body = String(repeating: "b", count: 100)
    let answer = try #require(Client(port: server.address.port).post("/x", body))
    #expect(answer.body == "POST /x - \(body) 127.0.0.1 true")
    #expect(Client(port: server.address.port).post("/x", body + "b")?.status == 413)
    // Without a length the bound shows only when it is passed: at the end, unless that is far.
    let client = Client(port: server.address.port)
    func chunked(_ count: Int) {
      client.send("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
      client.send(
        String(count, radix: 16) + "\r\n" + String(repeating: "c", count: count) + "\r\n0\r\n\r\n")
    }
    chunked(101)
    #expect(client.answer()?.status == 413)
    chunked(10_000)
    #expect(client.isEnded())
  }

  @Test func `a head above its bound is refused, and the server goes on`() throws {
    let server = try server()
    defer { server.stop() }
    let long = String(repeating: "h", count: 1 << 20)
    let answer = Client(port: server.address.port).get("/x", ["X-Long": long])
    #expect(answer == nil || answer?.status == 431)
    let other = Client(port: server.address.port).get("/" + long)
    #expect(other == nil || other?.status == 414)
    #expect(Client(port: server.address.port).get("/x")?.status == 200)
  }

  @Test func `who does not finish a request in time loses the connection, however busy it is kept`()
    throws
  {
    var limits = HTTPLimits()
    limits.secondsToRequest = 1
    let server = try server(limits)
    defer { server.stop() }
    let client = Client(port: server.address.port)
    client.send("GET /x HTTP/1.1\r\n")
    var isTaken = true
    for number in 0..<200 where isTaken {
      isTaken = client.send("X-\(number): y\r\n")
      usleep(50_000)
    }
    #expect(!isTaken)
    #expect(Client(port: server.address.port).get("/x")?.status == 200)
  }

  @Test func `who waits for an answer keeps the connection`() throws {
    var limits = HTTPLimits()
    limits.secondsToRequest = 1
    let server = try server(limits)
    defer { server.stop() }
    let client = Client(port: server.address.port)
    client.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n")
    var replies: [HTTPReply] = []
    while replies.isEmpty {
      usleep(10_000)
      replies = echo.waiting.withLock { $0 }
    }
    sleep(3)
    replies[0].send(HTTPResponse(204))
    // Only the first answer counts.
    replies[0].send(HTTPResponse(500))
    #expect(client.answer()?.status == 204)
  }

  @Test func `a server that stops answers what it was asked, and refuses what waits too long`()
    throws
  {
    let server = try server()
    let client = Client(port: server.address.port)
    client.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n")
    while echo.waiting.withLock({ $0.isEmpty }) { usleep(10_000) }
    server.stop(grace: 1)
    #expect(client.answer()?.status == 503)
    #expect(client.isEnded())
    // Stopping twice does nothing.
    server.stop()
  }

  @Test func `a server may stop in the very moment in which clients come and ask`() throws {
    for round in 0..<100 {
      let server = try server()
      let isOver = Atomic<Bool>(false)
      let running = Atomic<Int>(3)
      let port = server.address.port
      for _ in 0..<3 {
        let thread = Thread {
          while !isOver.load(ordering: .relaxed) {
            _ = Client(port: port, isCertain: false).get("/x")
          }
          running.wrappingSubtract(1, ordering: .releasing)
        }
        thread.start()
      }
      usleep(UInt32(round % 10) * 300)
      server.stop(grace: 5)
      isOver.store(true, ordering: .relaxed)
      while running.load(ordering: .acquiring) > 0 { usleep(1_000) }
      #expect(Client(port: port, isCertain: false).get("/x") == nil)
    }
  }

  @Test func `an answer that comes while the server stops still leaves`() throws {
    let server = try server()
    let client = Client(port: server.address.port)
    client.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n")
    while echo.waiting.withLock({ $0.isEmpty }) { usleep(10_000) }
    let reply = try #require(echo.waiting.withLock { $0.first })
    let thread = Thread {
      usleep(300_000)
      reply.send(HTTPResponse(200, body: HTTPBody(Array("late".utf8))))
    }
    thread.start()
    server.stop(grace: 30)
    let answer = try #require(client.answer())
    #expect(answer.body == "late")
    #expect(answer.headers["connection"]?.lowercased() == "close")
  }

  @Test func `an address that is taken is an error that says so`() throws {
    let server = try server()
    defer { server.stop() }
    let error = #expect(throws: HTTPServerError.self) {
      try HTTPServer(server.address, handler: echo)
    }
    #expect(error?.description.contains("Another program listens there") == true)
  }

  @Test func `a key that is none is an error that says what was expected`() throws {
    let address = try #require(ListenAddress("127.0.0.1:0"))
    let error = #expect(throws: HTTPServerError.self) {
      try HTTPServer(
        address, tls: HTTPServer.TLSIdentity(key: "no key", certificate: "no certificate"),
        handler: echo)
    }
    #expect(error?.description.contains("PEM files of one pair") == true)
  }

  @Test(arguments: [
    ("127.0.0.1:8080", "127.0.0.1:8080", true), ("localhost:1", "127.0.0.1:1", true),
    ("[::1]:443", "[::1]:443", true), ("*:80", "0.0.0.0:80", false),
    ("[::]:80", "[::]:80", false), ("192.168.0.7:65535", "192.168.0.7:65535", false),
    ("127.200.0.9:0", "127.200.0.9:0", true),
  ])
  func `addresses are read`(text: String, shown: String, isLoopback: Bool) throws {
    let address = try #require(ListenAddress(text))
    #expect(address.description == shown)
    #expect(address.isLoopback == isLoopback)
  }

  @Test(arguments: [
    "", "8080", ":8080", "localhost", "localhost:", "localhost:65536", "localhost:-1", "::1:80",
    "[127.0.0.1]:80", "example.com:80", "127.0.0.1:80 ", "127.1:80",
  ])
  func `other texts are no addresses`(text: String) { #expect(ListenAddress(text) == nil) }
}
