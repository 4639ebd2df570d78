import Glibc

/// A client that sends exactly the bytes that it is told, and reads what comes back.
@safe final class Client {
  private let socket: Int32
  private var received: [UInt8] = []

  /// An answer, as it came.
  struct Answer {
    var status = 0
    var headers: [String: String] = [:]
    var body = ""
  }

  /// Connects; where `isCertain` somebody has to listen at that port, else who does not is an end.
  init(port: UInt16, isCertain: Bool = true) {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    // SAFETY: the addresses outlive their calls, and the sizes are theirs.
    unsafe inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    let connected = unsafe withUnsafeBytes(of: &address) {
      unsafe connect(
        socket, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
    precondition(connected == 0 || !isCertain, "no connection to port \(port): \(errno)")
    // A test that waits for what never comes has to end.
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    unsafe setsockopt(
      socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(socket) }

  /// Sends bytes; a connection that the server has ended takes none.
  @discardableResult
  func send(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    // SAFETY: the buffer is valid for the duration of the call.
    return unsafe bytes.withUnsafeBytes {
      unsafe Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        == bytes.count
    }
  }

  /// Sends a request without a body and reads the answer.
  func get(_ target: String, _ headers: [String: String] = [:], method: String = "GET") -> Answer? {
    var text = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    send(text + "\r\n")
    return answer(hasBody: method != "HEAD")
  }

  /// Sends a body and reads the answer.
  func post(
    _ target: String, _ body: String, _ headers: [String: String] = [:], method: String = "POST"
  ) -> Answer? {
    var text = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    send(text + "Content-Length: \(body.utf8.count)\r\n\r\n" + body)
    return answer()
  }

  /// The next answer; nil when the connection ends before one is whole.
  func answer(hasBody: Bool = true) -> Answer? {
    while true {
      if let answer = parse(hasBody) { return answer }
      guard let more = read() else { return nil }
      received += more
    }
  }

  /// Waits for the beginning of an answer, and takes no more of it for now.
  func awaitBeginning() {
    if let more = read() { received += more }
  }

  /// Whether the server ends the connection.
  func isEnded() -> Bool {
    while let more = read() { received += more }
    return errno != EAGAIN
  }

  private func read() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    errno = 0
    // SAFETY: the buffer has the size that is told.
    let count = unsafe buffer.withUnsafeMutableBytes {
      unsafe recv(socket, $0.baseAddress, $0.count, 0)
    }
    return count > 0 ? Array(buffer[..<count]) : nil
  }

  private func parse(_ hasBody: Bool) -> Answer? {
    let end: [UInt8] = [13, 10, 13, 10]
    guard let head = received.indices.first(where: { received[$0...].starts(with: end) }) else {
      return nil
    }
    var answer = Answer()
    let lines = String(decoding: received[..<head], as: UTF8.self).split(separator: "\r\n")
    let words = lines[0].split(separator: " ")
    answer.status = Int(words[1]) ?? 0
    for line in lines.dropFirst() {
      let halves = line.split(separator: ":", maxSplits: 1)
      let value = halves.count > 1 ? halves[1].drop { $0 == " " } : ""
      answer.headers[halves[0].lowercased()] = String(value)
    }
    let size = hasBody ? Int(answer.headers["content-length"] ?? "") ?? 0 : 0
    let start = head + end.count
    guard received.count >= start + size else { return nil }
    answer.body = String(decoding: received[start..<start + size], as: UTF8.self)
    received.removeFirst(start + size)
    return answer
  }
}
