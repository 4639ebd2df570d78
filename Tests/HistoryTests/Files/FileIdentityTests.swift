import Glibc
import TestSupport
import Testing

@testable import Files

/// Two names of one file are one file.
struct FileIdentityTests {
  private let folder = TemporaryFolder()

  private func write(_ name: String) throws {
    try writeFile(folder[name]) { try $0.write("x") }
  }

  @Test func `a file is itself by every way to it`() throws {
    try write("a")
    try write("b")
    _ = unsafe symlink("a", folder["link"])
    _ = unsafe link(folder["a"], folder["hard"])
    let a = FileIdentity(ofPath: folder["a"])
    #expect(a != nil && a != FileIdentity(ofPath: folder["b"]))
    for name in ["./a", "link", "hard", "../\(folder.path.split(separator: "/").last ?? "")/a"] {
      #expect(FileIdentity(ofPath: folder[name]) == a, "\(name)")
    }
  }

  @Test func `a file that is not there yet is the place where it would be made`() throws {
    _ = unsafe symlink(folder["new"], folder["dangling"])
    let new = FileIdentity(ofPath: folder["new"])
    #expect(new != nil && new == FileIdentity(ofPath: folder["./new"]))
    #expect(new == FileIdentity(ofPath: folder["dangling"]))
    #expect(new != FileIdentity(ofPath: folder["other"]))
    #expect(FileIdentity(ofPath: "/no/such/a") == FileIdentity(ofPath: "/no/such/a"))
    #expect(FileIdentity(ofPath: "/no/such/a") != FileIdentity(ofPath: "/no/such/b"))
  }

  @Test func `a dash is the standard stream, and a device is nothing that can be lost`() {
    #expect(FileIdentity(ofPath: "-") == .standardStream)
    #expect(FileIdentity(ofPath: "/dev/null") == nil)
  }

  @Test func `a file lies inside of every folder above it`() throws {
    try makeFolder(folder["top/below"])
    try writeFile(folder["top/below/a"]) { try $0.write("x") }
    try write("outside")
    _ = unsafe symlink("top/below/a", folder["link"])
    defer {
      _ = unsafe unlink(folder["top/below/a"])
      removeEmptyFolder(folder["top/below"])
      removeEmptyFolder(folder["top"])
    }
    for inside in ["top", "top/below", "top/"] {
      #expect(isFile(folder["top/below/a"], inside: folder[inside]))
      #expect(isFile(folder["link"], inside: folder[inside]))
      #expect(!isFile(folder["outside"], inside: folder[inside]))
    }
    // A file that is not there cannot be replaced, and a file is no folder.
    #expect(!isFile(folder["top/new"], inside: folder["top"]))
    #expect(!isFile(folder["outside"], inside: folder["outside"]))
    #expect(!isFile("-", inside: folder.path))
  }
}
