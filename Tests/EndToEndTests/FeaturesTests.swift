import Foundation
import Testing

/// `features --describe`: the reference of all features.
struct FeaturesTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.path)
  }

  @Test func `every feature is described in words, as JSON and as a table`() throws {
    let text = try program.succeed(["features", "--describe"]).output
    let json = try program.succeed(["features", "--describe", "--json"]).output
    let table = try program.succeed(["features", "--describe", "--markdown"]).output
    let parsed = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: [[String: String]]])
    let features = try #require(parsed["features"])
    #expect(features.count > 40)
    #expect(text.contains("\n\(features.count) features.\n"))
    #expect(table.split(separator: "\n").count == features.count + 2)
    for feature in features {
      #expect(
        Set(feature.keys) == ["name", "family", "unit", "meaning", "missing", "source"])
      let name = try #require(feature["name"])
      #expect(text.contains("\n  \(name)  ("))
      #expect(table.contains("| `\(name)` |"))
    }
  }

  @Test func `without a wish it ends with 64, and needs no history`() throws {
    #expect(try program.run(["features"]).status == 64)
    #expect(try program.run(["features", "--describe", "--json", "--markdown"]).status == 64)
    #expect(!folder.exists("churn-risk.sqlite"))
  }
}
