@testable import Files

/// `bytes` as one gzip member.
func gzipped(_ bytes: [UInt8]) -> [UInt8] {
  Deflater().deflate(bytes, isLast: true)
}

func gzipped(_ text: String) -> [UInt8] {
  gzipped(Array(text.utf8))
}

/// Writes a file for a test to read.
func write(_ bytes: [UInt8], to path: String) throws {
  try writeFile(path) { try $0.write(bytes) }
}

func write(_ text: String, to path: String) throws {
  try write(Array(text.utf8), to: path)
}

/// The error that reading a file ends with.
func readingError(_ path: String) -> FileError? {
  do throws(FileError) {
    _ = try contents(ofFile: path)
    return nil
  } catch {
    return error
  }
}
