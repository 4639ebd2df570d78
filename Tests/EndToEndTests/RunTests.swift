import Foundation
import Reporting
import Testing

/// The weekly job.
struct RunTests {
  @Test func `two weeks, each of them twice`() throws {
    let partner = try RunPartner()
    let first = try partner.program.run(["run"])
    #expect([0, 2].contains(first.status), "\(first.errors)")
    #expect(first.output.contains("compared with no earlier run"))
    #expect(first.output.contains("A new model was trained: there was no model yet."))
    #expect(partner.latest == "2026-11-09")
    try Schemas.expect(partner.folder.path("runs/latest/at-risk.json"), matches: .atRisk)
    try Schemas.expect(partner.folder.path("runs/latest/manifest.json"), matches: .manifest)
    try Schemas.expect(partner.folder.path("churn-risk.json"), matches: .config)
    let files = try partner.files("2026-11-09")
    #expect(files.keys.contains("model/model.json") && files.keys.contains("all.xlsx"))
    // Again, on one thread: the same bytes.
    #expect(try partner.program.run(["run", "--threads", "1"]).status == first.status)
    #expect(try partner.files("2026-11-09") == files)

    try partner.importAll(through: "2026-11-16")
    let second = try partner.program.run(["run"])
    #expect(second.output.contains("compared with the run of 2026-11-09"), "\(second.errors)")
    #expect(second.output.contains("The model that was trained on 2026-11-09 was kept."))
    #expect(partner.latest == "2026-11-16")
    let model = "model/model.json"
    #expect(try partner.files("2026-11-16")[model] == files[model])
    let log = try partner.folder.text("runs/log.jsonl").split(separator: "\n")
    #expect(log.count == 3 && log.allSatisfy { $0.contains("\"status\":\"complete\"") })
  }

  @Test func `a training in between compares by the old model`() throws {
    let partner = try RunPartner()
    try partner.program.run(["run"])
    try partner.importAll(through: "2026-11-16")
    try partner.configure("\"retrainEveryWeeks\": 4", "\"retrainEveryWeeks\": 1")
    let second = try partner.program.run(["run"])
    #expect(second.output.contains("A new model was trained: the old one is of 2026-11-09."))
    let scores = try partner.folder.text("runs/latest/at-risk.json")
    #expect(!scores.contains(": \"modelChanged\"") && scores.contains(": \"same\""))
  }

  @Test func `an export that lacks half the subscriptions does not become the latest`() throws {
    let partner = try RunPartner()
    try partner.program.run(["run"])
    try partner.importAll(through: "2026-11-16")
    let path = "exports/2026-11-16/subscriptions.json"
    let lines = try partner.folder.text(path).split(separator: "\n")
    let rows = lines.filter { $0.hasPrefix("{\"partnerTenantId\"") }
    #expect(rows.count > 20)
    let half = rows.prefix(rows.count / 2).map { $0.hasSuffix(",") ? $0.dropLast() : $0 }
    try partner.folder.write(path, "{\"Value\":[\n\(half.joined(separator: ",\n"))\n]}\n")
    let outcome = try partner.program.run(["run"])
    #expect(outcome.status == 2)
    #expect(
      outcome.output.contains("latest still names the run of 2026-11-09"), "\(outcome.output)")
    #expect(outcome.errors.contains("counts as incomplete"))
    #expect(partner.latest == "2026-11-09")
    #expect(try partner.folder.text("runs/2026-11-16/manifest.json").contains("\"incomplete\""))
  }

  @Test func `two at once are refused, and the first is not disturbed`() throws {
    let partner = try RunPartner()
    let held = try Program.execute(
      "/bin/bash",
      ["-c", "mkdir -p runs; exec 9>runs/.lock; flock 9; \"$0\" run; exit $?", Program.path],
      folder: partner.folder.path)
    #expect(held.status == 75)
    #expect(held.errors.contains("another run is at work"), "\(held.errors)")
    #expect(partner.latest == nil)
  }

  @Test func `what was killed midway is done anew`() throws {
    let partner = try RunPartner()
    try partner.folder.write("runs/.2026-11-09/at-risk.json", "{ half a fi")
    try partner.folder.write("runs/.2026-11-09/old.csv", "x")
    #expect([0, 2].contains(try partner.program.run(["run"]).status))
    let files = try partner.files("2026-11-09")
    #expect(files["old.csv"] == nil && (files["at-risk.json"]?.count ?? 0) > 1_000)
    #expect(!FileManager.default.fileExists(atPath: partner.folder.path("runs/.2026-11-09")))
  }

  @Test func `killed again and again, and then left alone, it ends in the same bytes`() throws {
    let undisturbed = try RunPartner()
    let clock = ContinuousClock()
    var status: Int32 = 0
    let duration = try clock.measure { status = try undisturbed.program.run(["run"]).status }
    #expect([0, 2].contains(status))
    let disturbed = try RunPartner()
    var kills = 0
    // In the import, in training, while lists are written.
    for share in [0.1, 0.3, 0.5, 0.7, 0.85, 0.95] {
      let outcome = try disturbed.program.run(["run"], killedAfter: duration * share)
      if ![0, 2].contains(outcome.status) { kills += 1 }
    }
    #expect(kills >= 2)
    #expect([0, 2].contains(try disturbed.program.run(["run"]).status))
    let (expected, files) = (try undisturbed.files("2026-11-09"), try disturbed.files("2026-11-09"))
    #expect(files.keys.sorted() == expected.keys.sorted())
    for (name, bytes) in expected { #expect(files[name] == bytes, "\(name)") }
    #expect(disturbed.latest == "2026-11-09")
  }

  /// Whether this machine lets a process leave the network.
  private static let canLeaveNetwork =
    (try? Program.execute("/usr/bin/unshare", ["-n", "/bin/true"], folder: "/").status) == 0

  @Test(.enabled(if: canLeaveNetwork, "needs 'unshare -n', which takes root"))
  func `the job needs no network`() throws {
    let partner = try RunPartner()
    let outcome = try Program.execute(
      "/usr/bin/unshare", ["-n", Program.path, "run"], folder: partner.folder.path)
    #expect([0, 2].contains(outcome.status), "\(outcome.errors)")
    #expect(partner.latest == "2026-11-09")
    // It really had none, not even the loopback device's address.
    let addresses = try Program.execute(
      "/usr/bin/unshare", ["-n", "/bin/cat", "/proc/net/dev", "/proc/net/route"], folder: "/")
    let devices = addresses.output.split(separator: "\n").filter { $0.contains(":") }
    #expect(devices.allSatisfy { $0.contains("lo:") }, "\(devices)")
  }

  @Test func `with exchange rates the run tells what contacts may earn`() throws {
    // Under rules there is no probability to earn by.
    let partner = try RunPartner(subscriptions: 400)
    try partner.folder.write("rates.csv", "currency,rate,day\nUSD,1,2026-01-01\n")
    try partner.configure("\"rates\": null", "\"rates\": \"rates.csv\"")
    try partner.configure("\"formats\": [\"csv\", \"xlsx\", \"html\"]", "\"formats\": [\"json\"]")
    try partner.configure("\"contactCost\": 1", "\"contactCost\": 2.5")
    try partner.program.run(["run"])
    let summary = try partner.folder.text("runs/latest/summary.json").filter { $0 != " " }
    #expect(summary.contains("\"contactCost\":2.5"))
    #expect(try partner.folder.text("runs/latest/profit.csv").hasPrefix("contacts,expectedProfit"))
    try Schemas.expect(partner.folder.path("churn-risk.json"), matches: .config)
    // Money that is taken out of the lists is not told beside them.
    try partner.configure("\"keepRuns\"", "\"redact\": [\"revenue\"], \"keepRuns\"")
    try partner.program.run(["run"])
    #expect(try partner.files("2026-11-09")["profit.csv"] == nil)
  }

  @Test func `only so many runs are kept, and the latest always`() throws {
    let partner = try RunPartner()
    for day in ["2026-10-05", "2026-10-12", "2026-10-19"] {
      try partner.folder.write("runs/\(day)/manifest.json", "{}")
    }
    try partner.configure("\"keepRuns\": 60", "\"keepRuns\": 2")
    let outcome = try partner.program.run(["run"])
    #expect(outcome.errors.contains("Note: keepRuns is 2: a list is removed before"))
    let left = try FileManager.default.contentsOfDirectory(atPath: partner.folder.path("runs"))
    #expect(left.filter { $0.hasPrefix("2026") }.sorted() == ["2026-10-19", "2026-11-09"])
  }

  @Test(arguments: [
    ("\"retrainEveryWeeks\": 4", "\"retrainEveryWeek\": 4", "Expected 'retrainEveryWeeks'"),
    ("\"retrainEveryWeeks\": 4", "\"retrainEveryWeeks\": 0", "1 to 104"),
    ("\"formats\": [\"csv\", \"xlsx\", \"html\"]", "\"formats\": [\"pdf\"]", "csv"),
    ("\"by\": \"accountManager\"", "\"by\": \"owner\"", "partnerId"),
    ("\"fileMode\": \"0600\"", "\"fileMode\": \"0200\"", "0640"),
    ("\"holdOut\": null", "\"holdOut\": { \"share\": 0.9 }", "greatestValue"),
    ("\"contactCost\": 1", "\"contactCost\": -1", "0 or more"),
  ])
  func `a configuration that is wrong says what is expected`(
    old: String, new: String, expected: String
  ) throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try program.succeed(["init"])
    let text = try folder.text("churn-risk.json")
    #expect(text.contains(old))
    try folder.write("churn-risk.json", text.replacingOccurrences(of: old, with: new))
    let outcome = try program.run(["run"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.lowercased().contains(expected.lowercased()), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("churn-risk.sqlite")))
  }

  @Test func `a configuration that is there stays, and one that is missing is asked for`() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    let missing = try program.run(["run"])
    #expect(missing.status == 66 && missing.errors.contains("churn-risk init"))
    try program.succeed(["init"])
    try folder.write("churn-risk.json", "{}")
    #expect(try program.run(["init"]).status == 73)
    #expect(try folder.text("churn-risk.json") == "{}")
  }
}
