/// What would be written into a file, in memory instead.
///
/// - Parameter body: writes as it would into a file.
/// - Returns: all bytes.
/// - Throws: what `body` throws.
package func writtenBytes(_ body: (inout OutputFile) throws -> Void) throws -> [UInt8] {
  var file = OutputFile.inMemory()
  try body(&file)
  return file.sink.buffer
}

/// Bytes as gzip, by zlib: the same bytes give the same.
package func gzipped(_ bytes: [UInt8]) -> [UInt8] {
  Deflater().deflate(bytes, isLast: true)
}
