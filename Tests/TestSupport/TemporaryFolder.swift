internal import Glibc

/// A folder of its own for one test, removed with everything in it at the end.
package final class TemporaryFolder {
  /// Its path, without a slash at the end.
  package let path: String

  /// Makes the folder.
  package init() {
    var template = Array("/tmp/churn-risk-tests-XXXXXX".utf8CString)
    // SAFETY: mkdtemp changes the six last characters of the terminated string in place.
    let made = unsafe template.withUnsafeMutableBufferPointer {
      unsafe $0.baseAddress.map { unsafe mkdtemp($0) != nil } ?? false
    }
    precondition(made, "no temporary folder")
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    // SAFETY: the strings live as C strings for the duration of each call.
    _ = unsafe chmod(path, 0o700)
    for name in names { _ = unsafe unlink(self[name]) }
    _ = unsafe rmdir(path)
  }

  /// The path of something in it.
  package subscript(name: String) -> String { path + "/" + name }

  /// What is in the folder, sorted; folders inside it are not looked into.
  package var names: [String] {
    // SAFETY: the stream is closed once, and an entry is read before the next one is asked for.
    guard let stream = unsafe opendir(path) else { return [] }
    defer { unsafe _ = closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        var name: [UInt8] = []
        for index in 0..<bytes.count {
          let byte = unsafe bytes[index]
          if byte == 0 { break }
          name.append(byte)
        }
        return String(decoding: name, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
