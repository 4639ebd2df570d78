import Files
import Testing

@testable import churn_risk

/// What a configuration means.
struct RunConfigurationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func configuration(_ text: String) throws -> RunConfiguration {
    try folder.write("churn-risk.json", text)
    return try RunConfiguration(contentsOf: folder.path("churn-risk.json"))
  }

  @Test(arguments: ["{}", "{ \"imports\": null }", "{ \"imports\": [\"exports\"] }"])
  func `paths are those beside the configuration, also by default`(text: String) throws {
    #expect(try configuration(text).imports == [folder.path("exports")])
    #expect(try configuration(text).runs == folder.path("runs"))
  }

  @Test func `a format that is named twice is written once`() throws {
    #expect(
      try configuration("{ \"formats\": [\"csv\", \"json\", \"csv\"] }").formats == ["csv", "json"])
    #expect(try configuration("{ \"formats\": null }").formats == RunConfiguration().formats)
  }

  @Test func `no format at all is refused`() {
    let error = #expect(throws: FileError.self) { try configuration("{ \"formats\": [] }") }
    #expect(
      error?.what.contains("names no format") == true && error?.expected?.contains("csv") == true)
  }

  @Test func `whoever wrote it is told where it is no JSON, and not to download it`() throws {
    let error = #expect(throws: FileError.self) {
      try configuration("{\n  \"imports\": [\"exports\"\n  \"runs\": \"runs\"\n}")
    }
    let text = "\(try #require(error))"
    #expect(
      text.contains("churn-risk.json:3") && text.contains("Correct the configuration"), "\(text)")
    #expect(!text.contains("ownload"), "\(text)")
  }
}
