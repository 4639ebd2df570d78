internal import CMicroHTTPD
internal import Glibc

/// The address of a client.
struct PeerAddress: Sendable {
  /// In numbers, without a port; empty where the system does not tell.
  let text: String
  let isLoopback: Bool

  // SAFETY: the caller's address is one that the system made, as long as its family says.
  init(_ address: UnsafePointer<sockaddr>?) {
    guard let address = unsafe address else {
      text = ""
      isLoopback = false
      return
    }
    let isIPv6 = unsafe Int32(address.pointee.sa_family) == AF_INET6
    let size = isIPv6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
    var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    // SAFETY: the buffer has the size that is told.
    let code = unsafe buffer.withUnsafeMutableBufferPointer {
      unsafe getnameinfo(
        address, socklen_t(size), $0.baseAddress, socklen_t($0.count), nil, 0, NI_NUMERICHOST)
    }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    text = code == 0 ? String(decoding: bytes, as: UTF8.self) : ""
    isLoopback = text == "::1" || text.hasPrefix("127.") || text.hasPrefix("::ffff:127.")
  }
}
