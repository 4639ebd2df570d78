import HTTPServer
import Testing

/// Says the target.
private struct Target: HTTPHandler {
  func answer(_ request: HTTPRequest) -> HTTPAnswer {
    .now(HTTPResponse(200, body: HTTPBody(Array(request.target.utf8))))
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
}
