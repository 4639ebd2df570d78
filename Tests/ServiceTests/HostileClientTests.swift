import Glibc
import HTTPServer
import Testing

/// Says the target.
private struct Target: HTTPHandler {
  func answer(_ request: HTTPRequest) -> HTTPAnswer {
    .now(HTTPResponse(200, body: HTTPBody(Array(request.target.utf8))))
  }
}

/// Answers 16 MB of its own each time; at /small, a word.
private struct Big: HTTPHandler {
  static let size = 16 << 20

  func answer(_ request: HTTPRequest) -> HTTPAnswer {
    let isSmall = request.target == "/small"
    let bytes = isSmall ? Array("small".utf8) : [UInt8](repeating: 0x61, count: Self.size)
    return .now(HTTPResponse(200, body: HTTPBody(bytes)))
  }
}

@Suite(.serialized) struct HostileClientTests {
  private func server(_ limits: HTTPLimits = HTTPLimits()) throws -> HTTPServer {
    try HTTPServer(
      try #require(ListenAddress("127.0.0.1:0")), limits: limits, handler: Target())
  }

  // RFC 9112, 6.3: a proxy may count the other length, and what it takes for a body must not be answered.
  @Test(arguments: [
    "Content-Length: 41\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nContent-Length: 41",
    "Content-Length: 0\r\nContent-Length: 41", "Content-Length: 0\r\nContent-Length: 0",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Content-Length : 41",
    "Transfer-Encoding : chunked", "X-A\t: b",
  ])
  func `a request with more than one end is refused, and nothing behind it is answered`(
    headers: String
  ) throws {
    let server = try server()
    defer { server.stop() }
    let client = Client(port: server.address.port)
    client.send(
      "POST /first HTTP/1.1\r\nHost: a\r\n\(headers)\r\n\r\n0\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n"
    )
    let answer = try #require(client.answer())
    #expect(answer.status == 400 && answer.body.isEmpty)
    #expect(client.answer() == nil)
    #expect(client.isEnded())
  }

  @Test func `a request with one end is answered, and so is what follows it`() throws {
    let server = try server()
    defer { server.stop() }
    let client = Client(port: server.address.port)
    #expect(client.post("/counted", "abc")?.body == "/counted")
    client.send(
      "POST /chunked HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    )
    #expect(client.answer()?.body == "/chunked")
    #expect(client.get("/after")?.body == "/after")
  }

  @Test func `where all connections are taken, idle ones make room for others`() throws {
    var limits = HTTPLimits()
    limits.connections = 8
    // Longer than a client of these tests waits.
    limits.secondsToRequest = 1_000
    limits.secondsToRequestInCrowd = 1
    let server = try server(limits)
    defer { server.stop() }
    let idle = (0..<16).map { _ in Client(port: server.address.port) }
    let client = Client(port: server.address.port)
    #expect(client.get("/turn")?.body == "/turn")
    #expect(idle.allSatisfy { $0.isEnded() })
  }

  @Test
  func `answers that nobody takes are held up to a limit, and small ones are given all the same`()
    throws
  {
    var limits = HTTPLimits()
    limits.answerBytes = 40 << 20
    // Longer than this test takes on a busy machine.
    limits.secondsToAnswerInCrowd = 1_000
    let server = try HTTPServer(
      try #require(ListenAddress("127.0.0.1:0")), limits: limits, handler: Big())
    defer { server.stop() }
    // More than the system's buffers take, and two of them are below the limit.
    var slow = (0..<2).map { _ in Client(port: server.address.port) }
    for client in slow {
      client.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
      client.awaitBeginning()
    }
    let client = Client(port: server.address.port)
    let refused = client.get("/big")
    #expect(refused?.status == 503 && refused?.headers["retry-after"] == "1")
    #expect(client.get("/small")?.body == "small")
    slow = []
    var answer = client.get("/big")
    for _ in 0..<1_000 where answer?.status != 200 {
      usleep(10_000)
      answer = client.get("/big")
    }
    #expect(answer?.body.utf8.count == Big.size)
  }
}
