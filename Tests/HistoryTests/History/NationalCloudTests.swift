import Files
import TestSupport
import Testing

@testable import History

struct NationalCloudTests {
  @Test func `the cloud is told by the address of the next page, and told to people`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06.json",
      envelope(
        [subscriptionRow(1)],
        nextLink: "\"https://partner.partnercenterapi.microsoftonline.cn/v1/next?skip=10000\""))
    let report = try folder.import("2025-01-06.json")
    #expect(
      report.files[0].warnings.contains {
        $0.contains("21Vianet has no Azure") && $0.contains("is scored")
      })
    let status = try folder.reading().status()
    #expect(status.sources.map(\.cloud) == [.china])
    #expect(status.warnings.contains { $0.contains("21Vianet") })
    // A later file of the source says nothing about its cloud.
    folder.write("2025-01-13.json", envelope([subscriptionRow(1)]))
    #expect(
      try folder.import("2025-01-13.json").files[0].warnings.contains { $0.contains("21Vianet") })
    #expect(try folder.reading().status().sources.map(\.cloud) == [.china])
  }

  @Test func `addresses that several clouds share tell nothing`() {
    #expect(NationalCloud(address: "https://api.partnercenter.microsoft.com/v1/x") == nil)
    #expect(NationalCloud(address: "https://login.microsoftonline.de/x") == .germany)
  }
}
