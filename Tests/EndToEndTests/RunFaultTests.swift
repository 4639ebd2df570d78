import Foundation
import Testing

/// The weekly job where files, sources or earlier runs are not as they should be.
struct RunFaultTests {
  /// Twenty subscriptions of a source of their own, in the exports of some Mondays.
  private func addSource(
    to partner: RunPartner, lastExport: String, pages: String = "null"
  ) throws {
    for day in ["2026-06-15", "2026-06-22", "2026-06-29", "2026-07-06", lastExport] {
      let rows = (1...20).map { Exports.subscription($0) }
      let next = day == lastExport ? pages : "null"
      try partner.folder.write(
        "exports/\(day)/other.json",
        "{\"Value\":[\(rows.joined(separator: ","))],\"@nextLink\":\(next),\"TotalCount\":20}")
      try partner.folder.write(
        "exports/\(day)/other.jsonl",
        (1...20).map { Exports.usage($0, day: String(day.prefix(8)) + "01") }.joined(
          separator: "\n"))
    }
  }

  @Test(arguments: ["null", "\"https://example.com/2\""])
  func `a source that ended long ago does not keep the lists back`(pages: String) throws {
    let partner = try RunPartner()
    // 119 days before, so that nobody waits for it, whatever its last export was like.
    try addSource(to: partner, lastExport: "2026-07-13", pages: pages)
    let outcome = try partner.program.run(["run"])
    #expect(partner.latest == "2026-11-09", "\(outcome.output)\(outcome.errors)")
    #expect(
      outcome.errors.contains("Note: Source 'default' was last exported on 2026-07-13, 119 days"))
    #expect(try partner.log[0].contains("sourceEnded"))
  }

  @Test func `a source that did not come for some weeks keeps them back`() throws {
    let partner = try RunPartner()
    try addSource(to: partner, lastExport: "2026-09-28")
    let outcome = try partner.program.run(["run"])
    #expect(outcome.status == 2 && partner.latest == nil)
    #expect(outcome.errors.contains("Attention: Source 'default' was last exported on 2026-09-28"))
    #expect(outcome.output.contains("no run is the latest yet"), "\(outcome.output)")
  }

  @Test(
    arguments: [
      ("model.json", "{ \"schemaVersion\": 1, \"feat"), ("model.json", nil), ("card.md", nil),
      ("model.json", "{ \"schemaVersion\": 999, \"featureNames\": [] }"),
    ] as [(String, String?)])
  func `an old model that cannot be used is a reason to train`(
    file: String, content: String?
  ) throws {
    let partner = try RunPartner.afterFirstRun()
    let path = "runs/2026-11-09/model/\(file)"
    if let content {
      try partner.folder.write(path, content)
    } else {
      try FileManager.default.removeItem(atPath: partner.folder.path(path))
    }
    try partner.importAll(through: "2026-11-16")
    let outcome = try partner.program.run(["run"])
    #expect(outcome.status == 2 && partner.latest == "2026-11-16", "\(outcome.errors)")
    #expect(
      outcome.output.contains("trained: that of the run of 2026-11-09 cannot be used."),
      "\(outcome.output)")
    #expect(outcome.errors.contains("Attention: The model of the run of 2026-11-09 cannot be used"))
    #expect(outcome.output.contains("compared with the run of 2026-11-09"))
    #expect(try partner.folder.text("runs/latest/at-risk.json").contains("\"oldModelUnusable\""))
  }

  @Test(arguments: ["{ half", "{ \"schemaVersion\": 999 }"])
  func `old scores that cannot be used are passed over`(content: String) throws {
    let partner = try RunPartner.afterFirstRun()
    try partner.folder.write("runs/2026-11-09/at-risk.json", content)
    try partner.importAll(through: "2026-11-16")
    let outcome = try partner.program.run(["run"])
    #expect(outcome.status == 2 && partner.latest == "2026-11-16", "\(outcome.errors)")
    #expect(outcome.output.contains("compared with no earlier run"), "\(outcome.output)")
    #expect(outcome.output.contains("The model that was trained on 2026-11-09 was kept."))
    #expect(outcome.errors.contains("The scores of the run of 2026-11-09 cannot be used"))
    #expect(
      try partner.folder.text("runs/latest/manifest.json").contains("\"previous\": null")
        || partner.folder.text("runs/latest/manifest.json").contains("\"previous\":null"))
  }

  @Test func `a download that was cut off leaves the finished run as it was`() throws {
    let partner = try RunPartner.afterFirstRun()
    let files = try partner.files("2026-11-09")
    let whole = try partner.folder.text("all/2026-11-16/subscriptions.json")
    try partner.folder.write(
      "exports/2026-11-16/subscriptions.json", String(whole.prefix(whole.count / 2)))
    let outcome = try partner.program.run(["run"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("Attention: exports/2026-11-16/subscriptions.json"))
    #expect(outcome.output.hasPrefix("Nothing was written"), "\(outcome.output)")
    #expect(outcome.output.contains("It stays as it is, and latest names it."))
    #expect(try partner.files("2026-11-09") == files && partner.latest == "2026-11-09")
    #expect(try partner.names == [".lock", "2026-11-09", "latest", "log.jsonl"])
    #expect(try partner.log.last?.contains("\"status\":\"incomplete\",\"kept\":true") == true)
    // Downloaded once more it makes the week.
    try FileManager.default.removeItem(atPath: partner.folder.path("exports/2026-11-16"))
    try partner.importAll(through: "2026-11-16")
    try partner.program.run(["run"])
    #expect(partner.latest == "2026-11-16")
  }

  @Test func `a damaged file of an earlier week is told and keeps nothing back`() throws {
    let partner = try RunPartner.afterFirstRun()
    try partner.folder.write("exports/2026-10-05/more.json", "{\"Value\":[{\"id\":\"x\",")
    try partner.importAll(through: "2026-11-16")
    let outcome = try partner.program.run(["run"])
    #expect(outcome.status == 2 && partner.latest == "2026-11-16", "\(outcome.output)")
    #expect(outcome.errors.contains("Attention: exports/2026-10-05/more.json"))
  }

  @Test func `no new export for weeks is told, and stands in no file of the run`() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try program.succeed([
      "simulate", "--subscriptions", "40", "--weeks", "12", "--seed", "3", "--as-of", "2020-11-16",
      "--output", "exports",
    ])
    try program.succeed(["init"])
    let outcome = try program.run(["run"])
    #expect(outcome.status == 2)
    #expect(
      outcome.errors.contains("Attention: The newest export is of 2020-11-16"), "\(outcome.errors)")
    #expect(outcome.errors.contains("exports used to come every 7 days"))
    #expect(try !folder.text("runs/latest/at-risk.json").contains("noNewExport"))
    #expect(try folder.text("runs/log.jsonl").contains("noNewExport"))
  }

  @Test func `a contacts file without any contact yet is an empty list`() throws {
    let partner = try RunPartner.afterFirstRun()
    try partner.configure("\"contacts\": null", "\"contacts\": \"contacts.csv\"")
    try partner.folder.write("contacts.csv", "subscriptionId,date,accountManager,outcome,until\n")
    try partner.importAll(through: "2026-11-16")
    let outcome = try partner.program.run(["run"])
    #expect(partner.latest == "2026-11-16" && !outcome.errors.contains("contacts.csv"))
    // A file with rows of which none can be used is another matter.
    try partner.folder.write(
      "contacts.csv", "subscriptionId,date,accountManager,outcome,until\nx,2026-11-10,A,called,\n")
    let wrong = try partner.program.run(["run"])
    #expect(wrong.status == 2 && wrong.errors.contains("contacts.csv: no row can be used"))
  }

  @Test func `what an import told is told by the next run, when its own could not end`() throws {
    let partner = try RunPartner.afterFirstRun()
    try partner.importAll(through: "2026-11-16")
    try partner.folder.write(
      "exports/2026-11-16/more.jsonl",
      Exports.usage(1, day: "2026-11-10") + "\n"
        + Exports.usage(1, day: "2026-11-10", ["quantity": "-1"]))
    try partner.configure("\"rates\": null", "\"rates\": \"missing.csv\"")
    #expect(try partner.program.run(["run"]).status == 66)
    #expect(try !partner.names.contains(".2026-11-16"))
    try partner.configure("\"rates\": \"missing.csv\"", "\"rates\": null")
    let outcome = try partner.program.run(["run"])
    #expect(outcome.errors.contains("Attention: Rejected 1 row"), "\(outcome.errors)")
    #expect(try !partner.program.run(["run"]).errors.contains("Rejected 1 row"))
  }

  @Test func `an alarm trains once, and the lists of the older model are told from then on`() throws
  {
    let partner = try RunPartner(through: "2026-09-28")
    try partner.configure("\"recipe\": null", "\"recipe\": \"cancellation-28d\"")
    try partner.configure("\"retrainEveryWeeks\": 4", "\"retrainEveryWeeks\": 52")
    try partner.configure("\"formats\": [\"csv\", \"xlsx\", \"html\"]", "\"formats\": [\"json\"]")
    try partner.program.run(["run"])
    // As if a model had promised to lose nearly everybody.
    let path = "runs/2026-09-28/at-risk.json"
    let scores = try partner.folder.text(path)
    let probability = try Regex("\"churnProbability\": ?(null|[0-9.e-]+)")
    try partner.folder.write(path, scores.replacing(probability, with: "\"churnProbability\":0.9"))
    try partner.importAll(through: "2026-11-09")
    let alarm = try partner.program.run(["run"])
    #expect(
      alarm.output.contains("trained: of the losses that the list of 2026-09-28 expected"),
      "\(alarm.output)")
    #expect(alarm.errors.contains("Attention: Of every 100 losses that the list of 2026-09-28"))
    try partner.importAll(through: "2026-11-16")
    let next = try partner.program.run(["run"])
    #expect(
      next.output.contains("The model that was trained on 2026-11-09 was kept."), "\(next.output)")
    #expect(next.errors.contains("Note: Of every 100 losses that the list of 2026-09-28"))
  }
}
