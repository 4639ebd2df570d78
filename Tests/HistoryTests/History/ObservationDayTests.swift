import Glibc
import TestSupport
import Testing

@testable import History

struct ObservationDayTests {
  private func found(
    _ path: String, option: String? = nil, modifiedOn: String? = "2026-01-31"
  ) -> ObservationDay? {
    ObservationDay.find(
      path: path, option: option.flatMap { CalendarDay($0) },
      modifiedOn: modifiedOn.flatMap { CalendarDay($0) }, today: day("2026-01-31"))
  }

  @Test func `takes the option before everything else`() {
    let observation = found("2025-01-01/2025-02-02.json", option: "2025-03-03")
    #expect(observation == ObservationDay(day: day("2025-03-03"), origin: .option))
  }

  @Test func `takes a date in the name of the file before one of its folder`() {
    let observation = found("exports/2025-01-01/usage-2025-02-02.jsonl.gz")
    #expect(observation == ObservationDay(day: day("2025-02-02"), origin: .fileName))
  }

  @Test func `takes a date in the name of the folder, of the nearest one only`() {
    #expect(found("a/2025-01-01/usage.json")?.day == day("2025-01-01"))
    #expect(found("a/week of 2025-01-01/usage.json")?.origin == .folderName)
    #expect(found("2025-01-01/a/usage.json")?.origin == .modificationTime)
  }

  @Test func `takes the modification day with a warning`() {
    let observation = found("usage.json")
    #expect(observation?.day == day("2026-01-31"))
    #expect(observation?.origin.isExplicit == false)
    #expect(observation?.warnings.count == 1)
  }

  @Test func `finds nothing for standard input`() {
    #expect(found("-", modifiedOn: nil) == nil)
  }

  @Test func `warns of a day in the future of the file`() {
    #expect(found("2026-02-01.json")?.warnings.isEmpty == true)
    #expect(found("2026-02-02.json")?.warnings.count == 1)
  }

  @Test func `takes the last of several dates and says so`() {
    let observation = found("usage 2025-01-01 to 2025-01-31.json")
    #expect(observation?.day == day("2025-01-31"))
    #expect(observation?.warnings.count == 1)
  }

  @Test(arguments: [
    ("subscriptions_20250310.json", ["2025-03-10"]), ("2025-03-10T060000Z.json", ["2025-03-10"]),
    ("x2025-03-10.json", []), ("2025-03-101.json", []), ("12025-03-10.json", []),
    ("2025-02-30.json", []), ("99999999.json", []), ("a20250310.json", []),
    ("20250310-1.json", ["2025-03-10"]), ("2100-01-01.json", []), ("2025-03-1", []), ("", []),
    ("20250310T060000Z.json", ["2025-03-10"]), ("usage-20250310T0600.json", ["2025-03-10"]),
    ("20250310Team.json", []), ("20250310Z.json", []), ("20250310T", []),
  ])
  func `finds ISO dates that stand alone`(name: String, days: [String]) {
    #expect(ObservationDay.dates(inName: name) == days.map { day($0) })
  }

  @Test func `asks the real path where the one given has no date`() throws {
    let folder = ExportFolder()
    folder.write("2025-03-10/subscriptions.json", envelope([subscriptionRow(1)]))
    // SAFETY: the strings live as C strings for the duration of the calls.
    _ = unsafe symlink("2025-03-10", folder["latest"])
    _ = unsafe symlink("2025-03-10/subscriptions.json", folder["newest.json"])
    _ = unsafe symlink("2025-03-10", folder["2025-03-17"])
    for name in ["latest", "latest/subscriptions.json", "newest.json"] {
      let file = try folder.import(name, dryRun: true).files[0]
      #expect(file.observation.day == day("2025-03-10"), "\(name)")
      #expect(file.observation.origin == .folderName, "\(name)")
    }
    // A date in the path as it is given comes first.
    let named = try folder.import("2025-03-17", dryRun: true).files[0].observation
    #expect(named.day == day("2025-03-17"))
  }

  @Test func `knows the folder that it stands in`() async {
    await #expect(processExitsWith: .success) {
      let folder = ExportFolder()
      folder.write("2025-03-10/subscriptions.json", envelope([subscriptionRow(1)]))
      // SAFETY: the string lives as a C string for the duration of the call.
      precondition(unsafe chdir(folder["2025-03-10"]) == 0)
      let store = try HistoryStore.open(folder.storePath, for: .rehearsing)
      for path in ["subscriptions.json", ".", "./subscriptions.json"] {
        let file = try Importer(store).import(paths: [path], dryRun: true).files[0]
        precondition(file.observation.day == day("2025-03-10"))
        precondition(file.observation.origin == .folderName)
      }
    }
  }

  @Test func `warns of a named day that has not come yet`() throws {
    let folder = ExportFolder()
    folder.write("a.json", envelope([subscriptionRow(1)]))
    let far = try folder.import("a.json", on: "2206-11-16", dryRun: true).files[0]
    #expect(far.warnings == ["the observation day 2206-11-16 is in the future; is it right?"])
    #expect(try folder.import("a.json", on: "2025-11-16", dryRun: true).files[0].warnings.isEmpty)
  }
}
