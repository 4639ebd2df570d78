import Files
import TestSupport
import Testing

@testable import Service

struct KeptFileTests {
  private let folder = TemporaryFolder()
  private let messages = Messages()

  private struct NoNumber: Error, CustomStringConvertible {
    var description: String { "no number" }
  }

  private func file(mustBeThere: Bool = false, keepsOld: Bool = true) -> KeptFile<Int> {
    let (path, messages) = (folder["number"], messages)
    return KeptFile(path, mustBeThere: mustBeThere, keepsOld: keepsOld, tell: { messages.add($0) })
    {
      guard let number = Int(String(decoding: try contents(ofFile: path), as: UTF8.self)) else {
        throw NoNumber()
      }
      return number
    }
  }

  private func write(_ text: String, mode: UInt32 = 0o600) throws {
    try writeFile(folder["number"], mode: mode) { try $0.write(text) }
  }

  @Test func `a file is read when it is another one, and its value goes with it`() throws {
    let file = file()
    #expect(try file.value() == nil)
    try write("1")
    #expect(try file.value() == 1)
    try write("2")
    #expect(try file.value() == 2)
    try removeFile(folder["number"])
    #expect(try file.value() == nil)
    #expect(messages.all.isEmpty && !file.isInTrouble)
  }

  @Test func `what was read before stays in force, and the trouble is told once`() throws {
    let file = file()
    try write("1")
    #expect(try file.value() == 1)
    try write("x")
    for _ in 0..<3 { #expect(try file.value() == 1) }
    #expect(file.isInTrouble)
    #expect(
      messages.all == ["What stood in \(folder["number"]) before is still in force. no number"])
    try write("3")
    #expect(try file.value() == 3)
    #expect(!file.isInTrouble)
  }

  @Test func `where the old must not stay, nothing is in force until the file is good again`()
    throws
  {
    let file = file(mustBeThere: true, keepsOld: false)
    #expect(throws: FileError.self) { try file.value() }
    try write("1")
    #expect(try file.value() == 1)
    try write("x")
    for _ in 0..<3 { #expect(throws: NoNumber.self) { try file.value() } }
    try write("4")
    #expect(try file.value() == 4)
    try removeFile(folder["number"])
    #expect(throws: FileError.self) { try file.value() }
    #expect(messages.all.count == 3)
  }
}
