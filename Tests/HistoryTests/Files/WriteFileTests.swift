import Glibc
import TestSupport
import Testing

@testable import Files

struct WriteFileTests {
  private let folder = TemporaryFolder()

  private struct Interruption: Error {}

  private func mode(_ path: String) -> UInt32 {
    var status = stat()
    // SAFETY: `status` is ours, and the string lives as a C string for the duration of the call.
    return unsafe stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test func `writes text and bytes in order`() throws {
    try writeFile(folder["a"]) { file in
      try file.write("ab")
      try file.write([0, 255])
    }
    #expect(try contents(ofFile: folder["a"]) == [0x61, 0x62, 0, 255])
    #expect(folder.names == ["a"])
  }

  @Test func `writes more than the buffer holds`() throws {
    let line = String(repeating: "x", count: 999) + "\n"
    try writeFile(folder["a"]) { file in
      for _ in 0..<1_000 { try file.write(line) }
    }
    #expect(try contents(ofFile: folder["a"]).count == 1_000_000)
  }

  @Test func `is for the owner only unless told otherwise`() throws {
    try writeFile(folder["a"]) { try $0.write("x") }
    #expect(mode(folder["a"]) == 0o600)
    try writeFile(folder["a"], mode: 0o640) { try $0.write("x") }
    #expect(mode(folder["a"]) == 0o640)
  }

  @Test func `replaces a file whole`() throws {
    try write("a long old text", to: folder["a"])
    try write("new", to: folder["a"])
    #expect(try contents(ofFile: folder["a"]) == Array("new".utf8))
    #expect(folder.names == ["a"])
  }

  @Test func `a failure leaves the old file and nothing else`() throws {
    try write("old", to: folder["a"])
    for path in [folder["a"], folder["b"]] {
      #expect(throws: Interruption.self) {
        try writeFile(path) { file in
          try file.write(String(repeating: "x", count: 200_000))
          throw Interruption()
        }
      }
    }
    #expect(folder.names == ["a"])
    #expect(try contents(ofFile: folder["a"]) == Array("old".utf8))
  }

  @Test func `a killed process leaves the old file and nothing else`() async throws {
    try write("old", to: folder["a"])
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder["a"] as String] in
      try writeFile(path) { file in
        try file.write(String(repeating: "x", count: 200_000))
        kill(getpid(), SIGKILL)
      }
    }
    #expect(folder.names == ["a"])
    #expect(try contents(ofFile: folder["a"]) == Array("old".utf8))
  }

  @Test func `a dash is standard output`() async throws {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent]
    ) {
      try writeFile("-") { try $0.write("to the output\n") }
    }
    let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    #expect(output.contains("to the output\n"))
  }

  @Test func `the old file is there until the new one is complete`() throws {
    try write("old", to: folder["a"])
    try writeFile(folder["a"]) { file in
      try file.write(String(repeating: "x", count: 200_000))
      #expect(try contents(ofFile: folder["a"]) == Array("old".utf8))
    }
    #expect(try contents(ofFile: folder["a"]).count == 200_000)
  }

  @Test func `writes through a symbolic link, also a dangling one`() throws {
    try write("old", to: folder["a"])
    _ = unsafe symlink("a", folder["link"])
    _ = unsafe symlink(folder["b"], folder["dangling"])
    try write("new", to: folder["link"])
    try write("other", to: folder["dangling"])
    #expect(folder.names == ["a", "b", "dangling", "link"])
    #expect(fileType(ofPath: folder["link"], followingLinks: false) == S_IFLNK)
    #expect(try contents(ofFile: folder["a"]) == Array("new".utf8))
    #expect(try contents(ofFile: folder["b"]) == Array("other".utf8))
  }

  @Test func `a circle of links is an error`() {
    _ = unsafe symlink("b", folder["a"])
    _ = unsafe symlink("a", folder["b"])
    let error = #expect(throws: FileError.self) { try write("x", to: folder["a"]) }
    #expect(error?.kind == .unwritable)
  }

  @Test func `a missing folder is named`() {
    let error = #expect(throws: FileError.self) { try write("x", to: folder["no/a"]) }
    #expect(error?.kind == .unwritable)
    #expect(
      error?.what == "cannot be written, because the folder \(folder["no"]) does not exist")
  }

  @Test func `a folder is no target`() {
    let error = #expect(throws: FileError.self) { try write("x", to: folder.path) }
    #expect(error?.kind == .unwritable)
    #expect(error?.what == "is a folder")
  }

  @Test func `a folder without permission is named`() async {
    await #expect(processExitsWith: .success) {
      becomeNobody()
      let folder = TemporaryFolder()
      // SAFETY: the string lives as a C string for the duration of the call.
      precondition(unsafe chmod(folder.path, 0o500) == 0)
      do {
        try write("x", to: folder["a"])
        preconditionFailure("it was written")
      } catch let error as FileError {
        precondition(error.kind == .unwritable)
        precondition(
          error.what == "cannot be written in the folder \(folder.path): Permission denied")
      }
    }
  }

  @Test func `a file system that takes no files is named`() {
    // Nobody can create a file in /sys, not even root.
    let error = #expect(throws: FileError.self) { try write("x", to: "/sys/churn-risk-test") }
    #expect(error?.kind == .unwritable)
    #expect(error?.what.hasPrefix("cannot be written in the folder /sys: ") == true)
  }

  @Test func `devices are written directly`() throws {
    try write("x", to: "/dev/null")
    #expect(fileType(ofPath: "/dev/null") == S_IFCHR)
    let error = #expect(throws: FileError.self) { try write("x", to: "/dev/full") }
    #expect(error?.kind == .unwritable)
    #expect(error?.what == "cannot be written: No space left on device")
  }

  @Test func `gzip gives the same bytes each time, with no clock in them`() throws {
    for name in ["a", "b"] {
      try writeFile(folder[name], gzip: true) { file in
        for number in 0..<50_000 { try file.write("\(number)\n") }
      }
    }
    let source = try ByteSource(path: folder["a"])
    #expect(source.isGzip)
    let text = try contents(ofFile: folder["a"])
    #expect(text == Array((0..<50_000).map { "\($0)\n" }.joined().utf8))
    let own = try ownBytes(folder["a"])
    #expect(own == (try ownBytes(folder["b"])))
    #expect(own.count < text.count / 2)
    // RFC 1952: bytes 4 to 7 are the modification time, bit 3 of byte 3 announces a name.
    #expect(Array(own[3..<8]) == [0, 0, 0, 0, 0])
  }

  @Test func `an empty gzip file is a valid one`() throws {
    try writeFile(folder["a"], gzip: true) { _ in }
    #expect(try ByteSource(path: folder["a"]).isGzip)
    #expect(try contents(ofFile: folder["a"]).isEmpty)
  }

  /// The file as it is on disk.
  private func ownBytes(_ path: String) throws -> [UInt8] {
    let opened = open(path, O_RDONLY, mode: 0)
    try #require(opened.result >= 0)
    defer { close(opened.result) }
    var bytes = [UInt8](repeating: 0, count: 10 << 20)
    let size = bytes.count
    // SAFETY: read writes at most `size` bytes, which the array has.
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe Glibc.read(opened.result, $0.baseAddress, size)
    }
    try #require(count >= 0 && count < size)
    return Array(bytes[..<count])
  }
}
