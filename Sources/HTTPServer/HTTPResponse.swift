internal import Synchronization

/// What a client is answered.
package struct HTTPResponse: Sendable {
  /// Such as 200.
  package var status: Int
  /// Without line breaks; `Content-Length` and `Date` come by themselves.
  package var headers: [Header]
  package var body: HTTPBody

  /// A header field.
  package struct Header: Sendable, Hashable {
    package var name: String
    package var value: String

    /// Of a name and a value; the value is our own or was checked.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// An answer of a status.
  package init(_ status: Int, headers: [Header] = [], body: HTTPBody = HTTPBody([])) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The value of a header.
  package subscript(header name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// The bytes of an answer; any number of answers may share them.
@safe package final class HTTPBody: @unchecked Sendable {
  // SAFETY: made and filled in `init`, freed in `deinit`, never changed between: so all threads may read it.
  private let memory: UnsafeMutableRawPointer
  package let count: Int
  /// Clients that it is being sent to.
  private let uses = Atomic<Int>(0)

  /// A copy of the bytes.
  package init(_ bytes: [UInt8]) {
    count = bytes.count
    unsafe memory = .allocate(byteCount: max(bytes.count, 1), alignment: 16)
    unsafe bytes.withUnsafeBytes { source in
      if let start = source.baseAddress { unsafe memory.copyMemory(from: start, byteCount: count) }
    }
  }

  deinit { unsafe memory.deallocate() }

  /// A copy of the bytes.
  package var bytes: [UInt8] {
    // SAFETY: the memory holds `count` bytes.
    unsafe Array(UnsafeRawBufferPointer(start: memory, count: count))
  }

  /// Whether this is the first of the clients that it is sent to at present.
  func beginUse() -> Bool { uses.wrappingAdd(1, ordering: .relaxed).oldValue == 0 }

  /// Whether this was the last of them.
  func endUse() -> Bool { uses.wrappingSubtract(1, ordering: .relaxed).newValue == 0 }

  /// Where the bytes are, for as long as this object lives.
  var address: UnsafeMutableRawPointer { unsafe memory }
}
