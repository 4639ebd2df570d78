import History

/// GUIDs: the usual form of what was read is read as the same, and holds its digits.
struct Identifiers: FuzzTarget {
  let name = "guids"
  let longestInput = 64

  func run(_ bytes: [UInt8]) {
    guard let guid = GUID(utf8: bytes.span) else { return }
    expect(GUID(guid.description) == guid, "another GUID")
    let plain = String(decoding: bytes, as: UTF8.self).lowercased()
      .trimmingSpaces().filter { $0 != "{" && $0 != "}" }
    expect(plain == guid.description, "other digits")
  }
}
