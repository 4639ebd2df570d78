import Glibc
import Testing

@testable import Files

struct FileErrorTests {
  @Test func `says where, what, what was expected and what to do`() {
    let error = FileError(
      kind: .unusable, path: "a.json", line: 3, column: 7, what: "the JSON is cut off",
      expected: "a bracket", remedy: "Download it again.")
    #expect(
      error.description
        == "a.json:3:7: the JSON is cut off; expected a bracket. Download it again.")
  }

  @Test func `tells a reader of standard output that has gone from every other failure`() {
    #expect(FileError.notWritten("-", EPIPE).isReaderGone)
    // The reader of a pipe that was named is somebody who waits for the whole.
    #expect(!FileError.notWritten("pipe", EPIPE).isReaderGone)
    #expect(!FileError.notWritten("-", ENOSPC).isReaderGone)
  }

  @Test func `leaves out what is not known`() {
    #expect(FileError(kind: .missing, path: "a", what: "is gone").description == "a: is gone.")
    #expect(
      FileError(kind: .unusable, path: "a", line: 2, what: "is odd").description == "a:2: is odd.")
  }

  @Test func `names the standard streams`() {
    #expect(
      FileError(kind: .unusable, path: "-", what: "x").description == "standard input: x.")
    #expect(
      FileError(kind: .unwritable, path: "-", what: "x").description == "standard output: x.")
  }

  @Test func `spells out control characters of a path`() {
    #expect(
      FileError(kind: .missing, path: "a\u{1B}[2J\nb", what: "x").description
        == "a\\u{1b}[2J\\u{a}b: x.")
  }
}
