import Glibc
import TestSupport
import Testing

@testable import History

/// What else lies in a folder of exports must not stop, or fail, the weekly import.
struct ForeignFilesTests {
  private func outcome(_ report: ImportReport, _ name: String) -> String {
    guard let file = report.files.first(where: { $0.path.hasSuffix("/\(name)") }) else {
      return "not there"
    }
    switch file.outcome {
    case .imported: return "imported"
    case .unchanged: return "unchanged"
    case .skipped(let reason): return "skipped: \(reason)"
    case .failed(let error): return "failed: \(error.what)"
    case .notAttempted: return "not attempted"
    }
  }

  private func link(_ target: String, _ path: String) {
    // SAFETY: the strings live as C strings for the duration of the call.
    _ = unsafe symlink(target, path)
  }

  @Test(arguments: [
    ("desktop.ini", "[.ShellClassInfo]\r\nIconResource=C:\\Windows\\system32\\SHELL32.dll,4\r\n"),
    ("settings.conf", "{\n  color = blue\n  [nested\n}\n"),
    ("notes.json5", "// a comment\n{ unquoted: 'text' }\n"), ("broken.json", "{\"a\": [1, 2,\n 3"),
    ("picture.jpg", "\u{FF}\u{D8}\u{FF}\u{E0}\u{0}\u{10}JFIF"), ("list.txt", "[ ] call back\n"),
  ])
  func `skips a file that only begins like JSON and names no column of an export`(
    name: String, text: String
  ) throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/\(name)", text)
    folder.write("2025-01-06/subscriptions.json", envelope([subscriptionRow(1)]))
    let report = try folder.import("2025-01-06")
    #expect(report.failure == nil)
    #expect(outcome(report, name) == "skipped: this is no export that is known")
    #expect(outcome(report, "subscriptions.json") == "imported")
    // Who names it wants it imported.
    #expect(try folder.import("2025-01-06/\(name)").failure?.kind == .unusable)
  }

  @Test(arguments: [
    "{\"Value\":[\n", "{\"@odata.context\":\"x\",\"value\":[{\"a\":1},,]}",
    "[\n{\"customerTenantId\":\"x\"", "{\n \"x\":1,\n \"SubscriptionId\":\n", "[{\"usageDate\":]",
    "{\"customerTenantId\":\"x\",\"subscriptionI", "{\"usageDate\":}\n{\"usageDate\":}\n",
  ])
  func `fails where a file of a folder is an export that is damaged`(text: String) throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/a.json", text)
    folder.write("2025-01-06/b.json", envelope([subscriptionRow(1)]))
    let report = try folder.import("2025-01-06")
    #expect(report.failure?.path == folder["2025-01-06/a.json"])
    #expect(report.failure?.kind == .unusable)
    #expect(outcome(report, "b.json") == "imported")
  }

  @Test func `reports a link that leads nowhere or back, and reads the rest`() throws {
    let folder = ExportFolder()
    folder.write("all/2025-01-06/a.json", envelope([subscriptionRow(1)]))
    link("..", folder["all/2025-01-06/back"])
    link("nowhere.json", folder["all/2025-01-06/gone.json"])
    link("self", folder["all/2025-01-06/self"])
    let report = try folder.import("all")
    #expect(report.failure == nil)
    #expect(report.files.count == 4)
    #expect(outcome(report, "a.json") == "imported")
    #expect(outcome(report, "back") == "skipped: the link leads back to a folder that it is in")
    #expect(outcome(report, "gone.json") == "skipped: the link leads nowhere")
    #expect(outcome(report, "self") == "skipped: the link leads nowhere")
  }

  @Test func `reads a folder through two links twice, because each may have its own day`() throws {
    let folder = ExportFolder()
    folder.write("dump/a.json", envelope([subscriptionRow(1)]))
    folder.write("all/x", "")
    link("../dump", folder["all/2025-01-06"])
    link("../dump", folder["all/2025-01-13"])
    _ = try folder.import("all")
    let days = try folder.reading().sources[0].days.map(\.day)
    #expect(days == [day("2025-01-06"), day("2025-01-13")])
  }

  @Test func `reports folders that are nested too deep, and reads the rest`() throws {
    let folder = ExportFolder()
    let deep = (0..<40).map { "\($0)" }.joined(separator: "/")
    folder.write("all/\(deep)/a.json", "{}")
    folder.write("all/2025-01-06.json", envelope([subscriptionRow(1)]))
    let report = try folder.import("all")
    #expect(report.failure?.kind == .unusable)
    #expect(report.failure?.what.contains("nested") == true)
    #expect(outcome(report, "2025-01-06.json") == "imported")
  }

  @Test func `reports a folder that cannot be read, and reads the rest`() async {
    await #expect(processExitsWith: .success) {
      becomeNobody()
      let folder = ExportFolder()
      folder.write("all/2025-01-06/a.json", envelope([subscriptionRow(1)]))
      folder.write("all/closed/b.json", envelope([subscriptionRow(2)]))
      folder.write("all/2025-01-06/c.json", envelope([subscriptionRow(3)]))
      for name in ["all/closed", "all/2025-01-06/c.json"] {
        // SAFETY: the string lives as a C string for the duration of the call.
        _ = unsafe chmod(folder[name], 0)
      }
      defer { _ = unsafe chmod(folder["all/closed"], 0o700) }
      let report = try folder.import("all")
      let failed = report.files.compactMap { file -> String? in
        if case .failed(let error) = file.outcome { error.path } else { nil }
      }
      precondition(Set(failed) == [folder["all/closed"], folder["all/2025-01-06/c.json"]])
      precondition(report.failure?.kind == .unusable)
      let imports = try folder.reading().imports()
      precondition(imports.count == 1)
    }
  }
}
