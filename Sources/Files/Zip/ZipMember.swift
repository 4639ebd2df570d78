internal import CISAL

/// A member of a zip archive in memory, compressed as it is there.
///
/// For archives that a library has just made: no zip64, no encryption, one disk.
package struct ZipMember: Sendable {
  package let name: String
  let crc: UInt32
  /// 8 is deflate, 0 stored.
  let method: Int
  let size: Int
  let bytes: [UInt8]

  /// The members of an archive in the order of its directory; nil when it is none.
  package static func all(of archive: [UInt8]) -> [ZipMember]? {
    let reader = LittleEndian(bytes: archive)
    guard archive.count >= 22, reader.number(at: archive.count - 22, 4) == 0x0605_4B50,
      let count = reader.number(at: archive.count - 12, 2),
      var offset = reader.number(at: archive.count - 6, 4)
    else { return nil }
    var members: [ZipMember] = []
    for _ in 0..<count {
      guard reader.number(at: offset, 4) == 0x0201_4B50,
        let method = reader.number(at: offset + 10, 2), let crc = reader.number(at: offset + 16, 4),
        let compressed = reader.number(at: offset + 20, 4),
        let size = reader.number(at: offset + 24, 4),
        let nameLength = reader.number(at: offset + 28, 2),
        let extraLength = reader.number(at: offset + 30, 2),
        let commentLength = reader.number(at: offset + 32, 2),
        let local = reader.number(at: offset + 42, 4),
        let localNameLength = reader.number(at: local + 26, 2),
        let localExtraLength = reader.number(at: local + 28, 2)
      else { return nil }
      let start = local + 30 + localNameLength + localExtraLength
      guard start + compressed <= archive.count, offset + 46 + nameLength <= archive.count else {
        return nil
      }
      members.append(
        ZipMember(
          name: String(decoding: archive[offset + 46..<offset + 46 + nameLength], as: UTF8.self),
          crc: UInt32(crc), method: method, size: size,
          bytes: Array(archive[start..<start + compressed])))
      offset += 46 + nameLength + extraLength + commentLength
    }
    return members
  }

  /// The content; nil when it is damaged.
  package var content: [UInt8]? {
    guard method == 8 else { return bytes.count == size ? bytes : nil }
    var made: Int64 = -1
    // SAFETY: both pointers cover the counts that are told, and do not leave the closures.
    let content = unsafe bytes.withUnsafeBufferPointer { input in
      unsafe [UInt8](unsafeUninitializedCapacity: size) { output, count in
        made = unsafe inflate_whole(
          input.baseAddress, UInt32(input.count), output.baseAddress, UInt32(size))
        count = max(0, Int(made))
      }
    }
    return made == Int64(size) ? content : nil
  }
}

/// Numbers as zip has them.
private struct LittleEndian {
  let bytes: [UInt8]

  func number(at offset: Int, _ width: Int) -> Int? {
    guard offset >= 0, offset + width <= bytes.count else { return nil }
    return (0..<width).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
  }
}
