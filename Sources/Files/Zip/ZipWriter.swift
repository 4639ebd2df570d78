/// Writes a zip archive (APPNOTE.TXT 6.3.3, without zip64): the same members give the same bytes.
///
/// Every member carries the first day that zip knows, 1980-01-01.
package struct ZipWriter {
  private var output: OutputFile
  private let path: String
  private var offset = 0
  private var directory: [UInt8] = []
  private var count = 0

  /// - Parameters:
  ///   - output: where the archive goes.
  ///   - path: its name, for errors.
  package init(_ output: OutputFile, path: String) {
    self.output = output
    self.path = path
  }

  /// Adds a member that is compressed already.
  ///
  /// - Throws: `FileError` when it cannot be written, or has four gigabytes and more.
  package mutating func add(_ name: String, _ text: DeflatedText) throws(FileError) {
    try addHeader(
      name, crc: text.crc, method: 8, compressed: text.compressedSize, size: text.size)
    try text.write(to: &output)
  }

  /// Adds a member of another archive as it is there.
  package mutating func add(_ member: ZipMember) throws(FileError) {
    try addHeader(
      member.name, crc: member.crc, method: member.method, compressed: member.bytes.count,
      size: member.size)
    try output.write(member.bytes)
  }

  /// Writes the directory.
  package mutating func finish() throws(FileError) {
    var end = directory
    append32(0x0605_4B50, to: &end)
    append32(0, to: &end)
    append16(count, to: &end)
    append16(count, to: &end)
    append32(directory.count, to: &end)
    append32(offset, to: &end)
    append16(0, to: &end)
    try output.write(end)
  }

  private mutating func addHeader(
    _ name: String, crc: UInt32, method: Int, compressed: Int, size: Int
  ) throws(FileError) {
    let name = Array(name.utf8)
    guard offset + compressed < Int(UInt32.max), size < Int(UInt32.max) else {
      throw FileError(
        kind: .unwritable, path: path, what: "would have four gigabytes and more",
        remedy: "Choose another format or fewer rows.")
    }
    var both: [UInt8] = []
    append16(20, to: &both)  // needs version 2.0
    append16(1 << 11, to: &both)  // names are UTF-8
    append16(method, to: &both)
    append16(0, to: &both)  // midnight
    append16(1 << 5 | 1, to: &both)  // 1980-01-01
    append32(Int(crc), to: &both)
    append32(compressed, to: &both)
    append32(size, to: &both)
    append16(name.count, to: &both)
    append16(0, to: &both)
    var local: [UInt8] = []
    append32(0x0403_4B50, to: &local)
    local += both + name
    append32(0x0201_4B50, to: &directory)
    append16(20, to: &directory)
    directory += both
    for _ in 0..<3 { append16(0, to: &directory) }  // no comment, disk 0, binary
    append32(0, to: &directory)
    append32(offset, to: &directory)
    directory += name
    try output.write(local)
    offset += local.count + compressed
    count += 1
  }
}

private func append16(_ number: Int, to bytes: inout [UInt8]) {
  bytes.append(UInt8(truncatingIfNeeded: number))
  bytes.append(UInt8(truncatingIfNeeded: number >> 8))
}

private func append32(_ number: Int, to bytes: inout [UInt8]) {
  append16(number, to: &bytes)
  append16(number >> 16, to: &bytes)
}
