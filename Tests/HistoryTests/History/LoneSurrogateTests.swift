import TestSupport
import Testing

@testable import History

struct LoneSurrogateTests {
  private func replaced(_ text: String) -> String? {
    LoneSurrogates.replaced(in: Array(text.utf8).span).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    (#"{"a":"\ud800x"}"#, #"{"a":"\uFFFDx"}"#), (#"\uDC00"#, #"\uFFFD"#),
    (#"\ud83d\ud83d\ude00"#, #"\uFFFD\ud83d\ude00"#),
  ])
  func `a lone half becomes the replacement character`(text: String, wanted: String) {
    #expect(replaced(text) == wanted)
  }

  @Test(arguments: [#"\ud83d\ude00"#, #"\\ud800"#, #"\u00e9"#, #"\u12"#, "\\", ""])
  func `whole characters and other escapes stay`(text: String) {
    #expect(replaced(text) == nil)
  }

  @Test func `a row with one loads, in lines and in documents`() throws {
    let folder = ExportFolder()
    let broken = usageRow(1, "2025-01-05", "2").replacing("10,000s", with: #"\ud800s"#)
    folder.write("2025-01-06.jsonl", jsonLines([broken, usageRow(2, "2025-01-05", "3")]))
    folder.write("2025-01-07.json", envelope([broken, usageRow(2, "2025-01-05", "3")]))
    let report = try folder.import("2025-01-06.jsonl", "2025-01-07.json")
    #expect(report.files.map(\.rowsAccepted) == [2, 2])
    #expect(report.files.allSatisfy { $0.remarks.count == 1 && $0.remarks[0].contains(": 1;") })
    #expect(try folder.reading().meters.map(\.meterUnit) == ["10,000s", "\u{FFFD}s"])
  }
}
