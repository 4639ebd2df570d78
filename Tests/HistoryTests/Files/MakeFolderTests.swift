import Glibc
import TestSupport
import Testing

@testable import Files

struct MakeFolderTests {
  private let folder = TemporaryFolder()

  private func mode(_ path: String) -> UInt32 {
    var status = stat()
    // SAFETY: `status` is ours, and the string lives as a C string for the duration of the call.
    return unsafe stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test func `makes parents too, for the owner alone unless told otherwise`() throws {
    #expect(try makeFolder(folder["a/b"]) == [folder["a"], folder["a/b"]])
    #expect(mode(folder["a"]) == 0o700 && mode(folder["a/b"]) == 0o700)
    #expect(try makeFolder(folder["a/c"], mode: 0o750) == [folder["a/c"]])
    // What was there before stays as it was.
    #expect(mode(folder["a"]) == 0o700 && mode(folder["a/c"]) == 0o750)
    #expect(try makeFolder(folder["a/c"], mode: 0o755) == [])
    #expect(mode(folder["a/c"]) == 0o750)
    for name in ["a/b", "a/c", "a"] { removeEmptyFolder(folder[name]) }
    #expect(folder.names == [])
  }

  @Test func `the mode does not depend on the umask`() async {
    await #expect(processExitsWith: .success) { [path = folder["open"] as String] in
      umask(0o077)
      try makeFolder(path, mode: 0o755)
      var status = stat()
      guard unsafe stat(path, &status) == 0, status.st_mode & 0o777 == 0o755 else { exit(1) }
    }
    removeEmptyFolder(folder["open"])
  }

  @Test(
    arguments: [(0o600, 0o700), (0o640, 0o750), (0o644, 0o755), (0o660, 0o770)]
      as [(UInt32, UInt32)])
  func `who may read the files may enter their folder`(files: UInt32, expected: UInt32) {
    #expect(folderMode(ofFiles: files) == expected)
  }

  @Test func `a folder with something in it is not removed`() throws {
    try makeFolder(folder["a"])
    try writeFile(folder["a/b"]) { try $0.write("x") }
    removeEmptyFolder(folder["a"])
    #expect(try contents(ofFile: folder["a/b"]) == Array("x".utf8))
    try removeFile(folder["a/b"])
    removeEmptyFolder(folder["a"])
  }

  @Test func `a file in its place is an error`() throws {
    try writeFile(folder["a"]) { try $0.write("x") }
    let error = #expect(throws: FileError.self) { try makeFolder(folder["a"]) }
    #expect(error?.kind == .unwritable && error?.what == "is a file")
  }
}
