import Glibc
import TestSupport
import Testing

@testable import Files

struct ByteSourceTests {
  private let folder = TemporaryFolder()

  @Test func `reads a plain file as it is`() throws {
    try write("hello", to: folder["a"])
    #expect(try contents(ofFile: folder["a"]) == Array("hello".utf8))
    let source = try ByteSource(path: folder["a"])
    #expect(!source.isGzip)
  }

  @Test func `inflates by the first bytes, whatever the name`() throws {
    try write(gzipped("hello"), to: folder["a.txt"])
    #expect(try contents(ofFile: folder["a.txt"]) == Array("hello".utf8))
    try write("hello", to: folder["b.gz"])
    #expect(try contents(ofFile: folder["b.gz"]) == Array("hello".utf8))
  }

  @Test func `reads what gzip itself wrote`() throws {
    // printf hello | gzip -n | xxd -p, with gzip 1.12.
    let member: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9,
      0x07, 0x00, 0x86, 0xA6, 0x10, 0x36, 0x05, 0x00, 0x00, 0x00,
    ]
    try write(member, to: folder["a"])
    #expect(try contents(ofFile: folder["a"]) == Array("hello".utf8))
  }

  @Test func `appends at most what was asked for`() throws {
    for bytes in [Array("abcdef".utf8), gzipped("abcdef")] {
      try write(bytes, to: folder["a"])
      let source = try ByteSource(path: folder["a"])
      var buffer: [UInt8] = Array("x".utf8)
      #expect(try source.read(upTo: 4, into: &buffer) == 4)
      #expect(buffer == Array("xabcd".utf8))
      #expect(try source.read(upTo: 4, into: &buffer) == 2)
      #expect(try source.read(upTo: 4, into: &buffer) == 0)
      #expect(try source.read(upTo: 4, into: &buffer) == 0)
      #expect(buffer == Array("xabcdef".utf8))
    }
  }

  @Test func `hashes the file's own bytes`() throws {
    for bytes in [Array("abc".utf8), gzipped("abc"), gzipped("abc") + [1, 2, 3], [], [0x1F]] {
      try write(bytes, to: folder["a"])
      let source = try ByteSource(path: folder["a"])
      var buffer: [UInt8] = []
      while try source.read(upTo: 2, into: &buffer) > 0 {}
      #expect(source.sha256 == sha256(bytes))
      #expect(source.sha256 == sha256(bytes), "asked twice")
    }
  }

  @Test func `an empty file has no bytes`() throws {
    try write("", to: folder["a"])
    #expect(try contents(ofFile: folder["a"]).isEmpty)
  }

  @Test func `members that follow each other are one stream`() throws {
    try write(gzipped("ab") + gzipped("") + gzipped("cd"), to: folder["a"])
    #expect(try contents(ofFile: folder["a"]) == Array("abcd".utf8))
  }

  @Test func `zeros after the last member are padding, other bytes are garbage`() throws {
    for (tail, isGarbage): ([UInt8], Bool) in [
      ([], false), ([0, 0, 0], false), ([7], true), ([0, 7], true), ([0x1F], true),
    ] {
      try write(gzipped("ab") + tail, to: folder["a"])
      let source = try ByteSource(path: folder["a"])
      var buffer: [UInt8] = []
      while try source.read(upTo: 10, into: &buffer) > 0 {}
      #expect(buffer == Array("ab".utf8))
      #expect(source.hasTrailingGarbage == isGarbage, "tail \(tail)")
    }
  }

  @Test func `every cut of a gzip file is an error, never a short answer`() throws {
    let whole = gzipped("the quick brown fox jumps over the lazy dog")
    for length in 2..<whole.count {
      try write(Array(whole[..<length]), to: folder["a"])
      let error = try #require(readingError(folder["a"]))
      #expect(error.kind == .unusable)
      #expect(error.what == "the gzip data ends too early")
    }
  }

  @Test func `a member cut after a whole one is an error too`() throws {
    try write(gzipped("ab") + gzipped("cd").dropLast(4), to: folder["a"])
    #expect(readingError(folder["a"])?.what == "the gzip data ends too early")
  }

  @Test func `changed gzip data is an error`() throws {
    var bytes = gzipped("the quick brown fox jumps over the lazy dog")
    bytes[bytes.count - 8] ^= 1
    try write(bytes, to: folder["a"])
    let error = try #require(readingError(folder["a"]))
    #expect(error.kind == .unusable)
    #expect(error.what == "the gzip data is damaged (incorrect data check)")
    #expect(error.remedy == "Download the file again.")
  }

  @Test func `endless repetition is refused by its ratio`() throws {
    // 100 MB of zeros shrink about 1,029 times.
    try writeFile(folder["a"], gzip: true) { file in
      let zeros = [UInt8](repeating: 0, count: 1 << 20)
      for _ in 0..<100 { try file.write(zeros) }
    }
    let source = try ByteSource(path: folder["a"])
    var count = 0
    var buffer: [UInt8] = []
    let error = #expect(throws: FileError.self) {
      while try source.read(upTo: 1 << 20, into: &buffer) > 0 {
        count += buffer.count
        buffer.removeAll(keepingCapacity: true)
      }
    }
    #expect(error?.expected == "at most 1000 times")
    #expect(count <= 80 << 20)
  }

  @Test func `a missing file is missing`() throws {
    let error = try #require(readingError(folder["none"]))
    #expect(error.kind == .missing)
    #expect(error.what == "does not exist")
    try write("x", to: folder["a"])
    #expect(readingError(folder["a"] + "/b")?.kind == .missing)
  }

  @Test func `a folder is not a file`() throws {
    let error = try #require(readingError(folder.path))
    #expect(error.kind == .unusable)
    #expect(error.what == "is a folder")
  }

  @Test func `a file without permission cannot be read`() async {
    await #expect(processExitsWith: .success) {
      becomeNobody()
      let folder = TemporaryFolder()
      try write("x", to: folder["a"])
      // SAFETY: the string lives as a C string for the duration of the call.
      precondition(unsafe chmod(folder["a"], 0) == 0)
      let error = readingError(folder["a"])
      precondition(error?.kind == .unusable)
      precondition(error?.what == "cannot be read: Permission denied")
    }
  }

  @Test func `a failing read is an error`() throws {
    // Address 0 of a process is never mapped, so that reading it fails with EIO (proc(5)).
    let error = try #require(readingError("/proc/self/mem"))
    #expect(error.kind == .unusable)
    #expect(error.what == "cannot be read: Input/output error")
  }

  @Test(arguments: [0, 700_000, 999_999, 1_000_001])
  func `a file that changes its size while it is read is an error`(size: Int) throws {
    for bytes in [[UInt8](repeating: 7, count: 1_000_000)] {
      try write(bytes, to: folder["a"])
      let source = try ByteSource(path: folder["a"])
      var buffer: [UInt8] = []
      _ = try source.read(upTo: 10, into: &buffer)
      // SAFETY: the string lives as a C string for the duration of the call.
      _ = unsafe truncate(folder["a"], size)
      let error = #expect(throws: FileError.self) {
        while try source.read(upTo: 100_000, into: &buffer) > 0 {}
      }
      #expect(error?.kind == .unusable)
      #expect(error?.what == "the file was changed while it was read")
      #expect(error?.remedy == "Wait until it is complete, then repeat.")
    }
  }

  @Test func `a file whose size nobody tells is read to its end`() throws {
    // Files of /proc say that they are empty.
    #expect(try contents(ofFile: "/proc/self/status").count > 100)
  }

  @Test func `a dash is standard input`() async throws {
    try write(gzipped("hello"), to: folder["a"])
    await #expect(processExitsWith: .success) { [path = folder["a"] as String] in
      let opened = open(path, O_RDONLY, mode: 0)
      precondition(dup2(opened.result, STDIN_FILENO) == STDIN_FILENO)
      let bytes = try contents(ofFile: "-")
      precondition(bytes == Array("hello".utf8))
    }
  }

  @Test func `a limit keeps big files out of memory`() throws {
    try write("abc", to: folder["a"])
    #expect(try contents(ofFile: folder["a"], limit: 3).count == 3)
    let error = #expect(throws: FileError.self) { try contents(ofFile: folder["a"], limit: 2) }
    #expect(error?.what == "is too big")
  }

  @Test(arguments: 0..<30)
  func `random bytes survive gzip in random members and blocks`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var plain: [UInt8] = []
    var packed: [UInt8] = []
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      // Few different bytes, so that some of it shrinks; up to three blocks of the reader.
      let top = UInt8.random(in: 0...255, using: &random)
      let count = Int.random(in: 0...1_000, using: &random)
      let piece = (0..<count).map { _ in UInt8.random(in: 0...top, using: &random) }
      let times = seed < 5 ? Int.random(in: 1...800, using: &random) : 1
      let part = Array(repeatElement(piece, count: times).joined())
      plain += part
      packed += gzipped(part)
    }
    try write(packed, to: folder["a"])
    let source = try ByteSource(path: folder["a"])
    var read: [UInt8] = []
    while try source.read(upTo: Int.random(in: 1...500_000, using: &random), into: &read) > 0 {}
    #expect(read == plain)
    #expect(source.sha256 == sha256(packed))
  }
}
