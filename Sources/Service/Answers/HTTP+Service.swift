internal import Files
internal import HTTPServer

extension HTTPRequest {
  /// Whether the client can unpack gzip.
  var takesGzip: Bool {
    guard let accepted = headers.acceptEncoding?.lowercased() else { return false }
    return accepted.split(separator: ",").contains { coding in
      let parts = coding.split(separator: ";").map { $0.filter { $0 != " " } }
      return parts.first == "gzip"
        && !parts.dropFirst().contains {
          $0.hasPrefix("q=0") && !$0.contains { ("1"..."9").contains($0) }
        }
    }
  }

  /// Takes the client's address from a proxy on this machine: the last that the proxy added.
  mutating func takeForwardedPeer() {
    guard isFromLoopback, let last = headers.forwardedFor?.split(separator: ",").last else {
      return
    }
    let address = last.filter { $0.isHexDigit || $0 == "." || $0 == ":" }
    peer = String(address.prefix(45))
    isFromLoopback = false
  }

  /// Whether it was sent to this machine by one of its own names, and not passed on by a proxy.
  var isMeantForLoopback: Bool {
    guard isFromLoopback, headers.forwardedFor == nil, headers.forwarded == nil,
      let host = headers.host?.lowercased()
    else { return false }
    if host.hasPrefix("[") { return host == "[::1]" || host.hasPrefix("[::1]:") }
    let name = host.split(separator: ":", omittingEmptySubsequences: false)[0]
    return name == "localhost" || ListenAddress(name + ":0")?.isLoopback ?? false
  }

  /// Whether a browser asks, to show a page.
  var wantsHTML: Bool { headers.accept?.contains("text/html") ?? false }

  /// The value of a cookie.
  func cookie(_ name: String) -> String? {
    for pair in (headers.cookie ?? "").split(separator: ";") {
      let halves = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
      if halves.count == 2, halves[0] == name { return String(halves[1]) }
    }
    return nil
  }
}

extension HTTPResponse {
  /// An answer for programs.
  static func json(_ bytes: [UInt8], isCompressed: Bool = false) -> HTTPResponse {
    packed(bytes, "application/json", isCompressed)
  }

  /// A page; `policy` says what it may load.
  static func html(
    _ bytes: [UInt8], status: Int = 200, policy: String, isCompressed: Bool = false
  ) -> HTTPResponse {
    var response = packed(bytes, "text/html; charset=utf-8", isCompressed)
    response.status = status
    response.headers.append(Header("Content-Security-Policy", policy))
    return response
  }

  /// Text that is worth packing.
  private static let shortest = 1_024

  private static func packed(
    _ bytes: [UInt8], _ type: String, _ isCompressed: Bool
  ) -> HTTPResponse {
    var response = HTTPResponse(
      200, headers: [Header("Content-Type", type), Header("Vary", "Accept-Encoding")])
    if isCompressed, bytes.count >= shortest {
      response.headers.append(Header("Content-Encoding", "gzip"))
      response.body = HTTPBody(gzipped(bytes))
    } else {
      response.body = HTTPBody(bytes)
    }
    return response
  }

  /// Another address, to be asked with GET.
  static func redirect(to path: String) -> HTTPResponse {
    HTTPResponse(303, headers: [Header("Location", path)])
  }
}
