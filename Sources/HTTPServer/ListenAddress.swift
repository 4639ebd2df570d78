internal import Glibc

/// Where a server listens: an address in numbers, or `localhost`, and a port.
package struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
  /// In numbers; IPv6 without brackets.
  package let host: String
  /// 0: one that is free.
  package let port: UInt16
  private let isIPv6: Bool

  /// Reads `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080` or, for every IPv4 address, `*:8080`.
  ///
  /// - Returns: nil when it is none of these.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"),
      let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    var host = String(text[..<colon])
    switch host {
    case "localhost": host = "127.0.0.1"
    case "*": host = "0.0.0.0"
    default: break
    }
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
      guard Self.isAddress(host, family: AF_INET6) else { return nil }
      isIPv6 = true
    } else {
      guard Self.isAddress(host, family: AF_INET) else { return nil }
      isIPv6 = false
    }
    self.host = host
    self.port = port
  }

  private init(host: String, port: UInt16, isIPv6: Bool) {
    self.host = host
    self.port = port
    self.isIPv6 = isIPv6
  }

  /// Whether only this machine can reach it.
  package var isLoopback: Bool { isIPv6 ? host == "::1" : host.hasPrefix("127.") }

  package var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }

  private static func isAddress(_ text: String, family: Int32) -> Bool {
    var address = in6_addr()
    // SAFETY: an in6_addr has room for an address of either family.
    return unsafe inet_pton(family, text, &address) == 1
  }

  /// A socket that listens there.
  ///
  /// - Returns: the descriptor, and the address with the port it got.
  /// - Throws: `HTTPServerError` when the address is not to be had.
  func listen() throws(HTTPServerError) -> (descriptor: Int32, address: ListenAddress) {
    let family = isIPv6 ? AF_INET6 : AF_INET
    let descriptor = socket(
      family,
      Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { throw refused(errno) }
    var yes: Int32 = 1
    // SAFETY: the option is an Int32 that outlives the call.
    unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard bind(descriptor) == 0, Glibc.listen(descriptor, 1_024) == 0 else {
      let code = errno
      close(descriptor)
      throw refused(code)
    }
    return (
      descriptor, ListenAddress(host: host, port: Self.port(of: descriptor), isIPv6: isIPv6)
    )
  }

  private func bind(_ descriptor: Int32) -> Int32 {
    if isIPv6 {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      // SAFETY: both addresses outlive their calls, and the sizes are theirs.
      unsafe inet_pton(AF_INET6, host, &address.sin6_addr)
      return unsafe withUnsafeBytes(of: &address) {
        unsafe Glibc.bind(
          descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self),
          socklen_t($0.count))
      }
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    // SAFETY: as above.
    unsafe inet_pton(AF_INET, host, &address.sin_addr)
    return unsafe withUnsafeBytes(of: &address) {
      unsafe Glibc.bind(
        descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
  }

  private static func port(of descriptor: Int32) -> UInt16 {
    var address = sockaddr_in6()
    var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    // SAFETY: a sockaddr_in6 has room for an address of either family; both have the port in one place.
    unsafe withUnsafeMutableBytes(of: &address) {
      _ = unsafe getsockname(
        descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), &size)
    }
    return UInt16(bigEndian: address.sin6_port)
  }

  private func refused(_ code: Int32) -> HTTPServerError {
    // SAFETY: strerror returns a text that lives until its next call on this thread.
    let reason = unsafe String(cString: strerror(code))
    let remedy =
      switch code {
      case EADDRINUSE: "Another program listens there; name another port."
      case EACCES: "Ports below 1024 need special rights; name a higher one."
      case EADDRNOTAVAIL: "This machine has no such address; name one of its own."
      default: "Name another address."
      }
    return HTTPServerError(
      .address, "The service cannot listen on \(self): \(reason). \(remedy)")
  }
}

/// A server that cannot start.
package struct HTTPServerError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Kind: Sendable {
    /// The address is not to be had.
    case address
    /// The key and the certificate are none, or do not belong together.
    case certificate
    /// The system has no threads, memory or descriptors left.
    case resources
  }

  package var kind: Kind
  /// What, where, and what to do, in full sentences.
  package var description: String

  init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
