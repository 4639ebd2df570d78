import TestSupport
import Testing

@testable import Files

/// A filled folder takes its place.
struct FoldersTests {
  private let folder = TemporaryFolder()

  private func fill(_ name: String, _ content: String) throws {
    try makeFolder(folder[name])
    try writeFile(folder["\(name)/\(content)"]) { try $0.write(content) }
  }

  @Test(arguments: [true, false])
  func `a folder takes an empty place, and that of another`(inTwoSteps: Bool) throws {
    func place() throws {
      if inTwoSteps, fileType(ofPath: folder["run"]) != nil {
        try publishInTwoSteps(folder["new"], as: folder["run"])
      } else {
        try publish(folder["new"], as: folder["run"])
      }
    }
    try fill("new", "first")
    try place()
    #expect(namesOfFolder(folder["run"]) == ["first"] && folder.names == ["run"])
    // What was there before goes, with folders in it and what a killed process left.
    try fill("run/inner", "deep")
    if inTwoSteps { try fill("run.old", "left") }
    try fill("new", "second")
    try place()
    #expect(namesOfFolder(folder["run"]) == ["second"] && folder.names == ["run"])
  }

  @Test func `a folder that cannot be read is told apart from an empty one`() throws {
    try makeFolder(folder["empty"])
    #expect(try readFolder(folder["empty"]) == [])
    try fill("full", "b")
    try fill("full", "a")
    #expect(try readFolder(folder["full"]) == ["a", "b"])
    for path in [folder["missing"], folder["full/a"]] {
      let error = #expect(throws: FileError.self) { _ = try readFolder(path) }
      #expect(error?.kind == .unusable && error?.path == path)
      #expect(namesOfFolder(path) == [])
    }
  }

  @Test func `two names trade places in one step where the system can`() throws {
    try fill("new", "second")
    try fill("run", "first")
    // The bytes of a descriptor stay those of the folder that was opened.
    try publish(folder["new"], as: folder["run"])
    #expect(namesOfFolder(folder["run"]) == ["second"])
    #expect(fileType(ofPath: asideName(folder["run"])) == nil)
  }

  @Test func `a folder that is not there takes no place`() throws {
    try fill("run", "first")
    let error = #expect(throws: FileError.self) { try publish(folder["new"], as: folder["run"]) }
    #expect(error?.kind == .unwritable)
    #expect(namesOfFolder(folder["run"]) == ["first"])
  }
}
