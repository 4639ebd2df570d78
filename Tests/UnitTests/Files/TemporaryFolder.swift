import Glibc

/// A folder of its own for one test, removed with everything in it at the end.
final class TemporaryFolder {
  let path: String

  init() {
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

  subscript(name: String) -> String { path + "/" + name }

  /// What is in the folder, sorted; folders inside it are not looked into.
  var names: [String] {
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

/// SplitMix64 (Steele, Lea & Flood 2014): small, fast, and the same everywhere for a seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
