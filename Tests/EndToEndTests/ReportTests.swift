import Files
import Foundation
import Reporting
import Testing

/// `report`, from a store to the page.
struct ReportTests {
  /// A partner of two exports, two subscriptions and three lines of usage, in a store of its own.
  private static func small() throws -> (TemporaryFolder, Program) {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try folder.write(
      "2026-01-05/s.json",
      Exports.envelope([
        Exports.subscription(1, ["customerName": "\"Formerly Known Ltd\""]),
        Exports.subscription(2),
      ]))
    try folder.write(
      "2026-01-12/s.json",
      Exports.envelope([
        Exports.subscription(1), Exports.subscription(2, ["status": "\"SUSPENDED\""]),
      ]))
    try folder.write(
      "2026-01-12/u.json",
      Exports.envelope(
        ["2026-01-03", "2026-01-07", "2026-01-08"].map { Exports.usage(1, day: $0) }))
    try program.succeed(["import", folder.path("2026-01-05"), folder.path("2026-01-12")])
    return (folder, program)
  }

  /// What the page embeds.
  private static func numbers(_ page: String) throws -> JSONValue {
    let text = try #require(
      page.firstMatch(of: #/<script type="application\/json" id="numbers">(.*?)<\/script>/#)?.output
        .1)
    return try JSONValue(parsing: Array(text.utf8), path: "numbers")
  }

  @Test func `without scores and model the page has its figures and says what is missing`() throws {
    let (folder, program) = try Self.small()
    let outcome = try program.succeed(["report", "--output", "page.html"])
    #expect(outcome.output == "The Azure usage page of 2025-10-15 to 2026-01-12 is in page.html.\n")
    #expect(outcome.errors.contains("The period begins before the first export"))
    let page = try folder.text("page.html")
    for words in [
      "There are no scores yet", "There is no model/evaluation.json", "There is no backtest.json",
      "(formerly <bdi>Formerly Known Ltd</bdi>)",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    let sections = try #require(try Self.numbers(page)["sections"])
    #expect(sections["customerUsage"]?["withUsage"]?.int == 1)
    #expect(sections["customerUsage"]?["withoutUsage"]?.int == 1)
    #expect(
      sections["churn"]?["suspended"]?.int == 1 && sections["churn"]?["activeAtEnd"]?.int == 1)
    // Each line has a quantity of 20.
    #expect(sections["topCustomers"]?["groups"]?[0]?["total"]?.double == 60)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("page.html"))
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
  }

  @Test func `as of a past day the page is as it was then`() throws {
    let (folder, program) = try Self.small()
    let words = ["report", "--as-of", "2026-01-05", "--output"]
    try program.succeed(words + ["then.html"])
    let sections = try #require(try Self.numbers(try folder.text("then.html"))["sections"])
    #expect(
      sections["churn"]?["suspended"]?.int == 0 && sections["churn"]?["activeAtEnd"]?.int == 2)
    #expect(
      sections["topCustomers"]?["groups"]?.array?.isEmpty == true, "the usage came on the 12th")
    // Nothing of the later import is there: taken back, the page stays the same.
    let imports = try JSONValue(
      parsing: Array(try program.succeed(["imports", "--json"]).output.utf8), path: "imports")
    for item in try #require(imports["imports"]?.array)
    where item["observedOn"]?.string == "2026-01-12" {
      try program.succeed(["imports", "remove", String(try #require(item["id"]?.int))])
    }
    try program.succeed(words + ["again.html"])
    #expect(try folder.bytes("then.html") == folder.bytes("again.html"))
  }

  @Test func `bad input has the status and the words that help`() throws {
    let (folder, program) = try Self.small()
    func failure(_ words: [String], _ status: Int32, _ text: String) throws {
      let outcome = try program.run(["report"] + words)
      #expect(outcome.status == status && outcome.errors.contains(text), "\(words): \(outcome)")
    }
    let output = ["--output", "page.html"]
    try failure(
      ["--from", "2026-01-12", "--to", "2026-01-05"] + output, 64, "lies after --to 2026-01-05")
    try failure(["--from", "2026-02-01"] + output, 64, "after the newest observation, 2026-01-12")
    try failure(
      ["--from", "2026-01-12", "--as-of", "2026-01-05"] + output, 64, "lies after --as-of")
    try failure(["--as-of", "2025-01-05"] + output, 65, "2025-01-05")
    try failure(["--scores", "missing.json"] + output, 66, "missing.json")
    try failure(["--backtest", "missing.json"] + output, 66, "missing.json")
    try failure(["--output", "churn-risk.sqlite"], 64, "would replace a file")
    try failure(["--output", "no/such/folder/page.html"], 73, "does not exist")
    #expect(!folder.exists("page.html"))
    let empty = try TemporaryFolder()
    #expect(try Program(folder: empty.path).run(["report"] + output).status == 66)
    // A period that lies before the first export is told in the page.
    try program.succeed(["report", "--from", "2025-01-01", "--to", "2025-12-31"] + output)
    #expect(
      try folder.text("page.html").contains("The whole period lies before the first export"))
  }

  @Test func `the simulated partner: same bytes for any threads, every section of the model`()
    throws
  {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let model = try SimulatedPartner.model
    try program.succeed(["score", "--model", model])
    for (threads, name) in [("1", "one.html"), ("2", "two.html")] {
      try program.succeed(["report", "--model", model, "--threads", threads, "--output", name])
    }
    #expect(try folder.bytes("one.html") == folder.bytes("two.html"))
    let page = try folder.text("one.html")
    #expect(page.utf8.count < 2_000_000)
    let sections = try #require(try Self.numbers(page)["sections"])
    let scores = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
    #expect(sections["atRisk"]?["scored"]?.int == scores.subscriptions.count)
    #expect((sections["reliability"]?["points"]?.array?.count ?? 0) >= 5)
    #expect(sections["gain"]?["points"]?.array?.count == 21)
    #expect((sections["families"]?["families"]?.array?.count ?? 0) >= 3)
    #expect((sections["survival"]?["steps"]?.array?.count ?? 0) > 20)
    // Scores of a later day were not known before.
    try program.succeed(["report", "--as-of", "2026-08-31", "--output", "then.html"])
    let then = try folder.text("then.html")
    #expect(then.contains("were not known on 2026-08-31"))
  }

  /// The Python that has what the scripts of Training/peers need: the one of `make bench`, or Debian's.
  private static func python(with module: String) -> String? {
    let candidates = [
      ProcessInfo.processInfo.environment["CHURN_RISK_PYTHON"],
      "\(Repository.root)/.build/peers/bin/python", "/usr/bin/python3",
    ]
    return candidates.compactMap(\.self).first { path in
      FileManager.default.isExecutableFile(atPath: path)
        && (try? Program.execute(path, ["-c", "import \(module)"], folder: "/"))?.status == 0
    }
  }

  private static let duckdb = python(with: "duckdb")
  private static let selenium =
    FileManager.default.isExecutableFile(atPath: "/usr/bin/chromedriver")
    ? python(with: "selenium") : nil

  @Test(.enabled(if: duckdb != nil, "needs a Python with duckdb; 'make bench' makes one"))
  func `every section of the simulated partner equals DuckDB's, now and as of a past day`() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try program.succeed([
      "simulate", "--subscriptions", "300", "--weeks", "30", "--output", "exports",
    ])
    try program.succeed(["import", "exports"])
    try program.succeed(["train"])
    try program.succeed(["score"])
    for (words, scores) in [
      ([], ["--scores", "at-risk.json"]), (["--from", "2025-01-01"], []),
      (["--as-of", "2026-09-09", "--from", "2026-08-20"], []),
    ] as [([String], [String])] {
      try program.succeed(["report", "--output", "page.html"] + words)
      let outcome = try Program.execute(
        try #require(Self.duckdb),
        [
          "\(Repository.root)/Training/peers/report.py", "page.html", "exports", "--exclusions",
          "exports/exclusions.csv",
        ] + scores, folder: folder.path)
      #expect(outcome.status == 0, "\(words): \(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains(" parts compared, 0 differences"))
    }
  }

  @Test(
    .enabled(
      if: duckdb != nil && Repository.shared("histories") != nil,
      "needs a Python with duckdb, and the histories beside the checkout"))
  func `every section of oulad equals DuckDB's`() throws {
    let history = try #require(Repository.shared("histories/oulad"))
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try program.succeed(["import", "\(history)/exports", "\(history)/usage.jsonl.gz"])
    for words in [["--from", "2013-03-04"], ["--as-of", "2014-03-31"]] {
      try program.succeed(["report", "--output", "page.html"] + words)
      let outcome = try Program.execute(
        try #require(Self.duckdb),
        [
          "\(Repository.root)/Training/peers/report.py", "page.html", "\(history)/exports",
          "--usage",
          "\(history)/usage.jsonl.gz",
        ], folder: folder.path)
      #expect(outcome.status == 0, "\(words): \(outcome.output)\(outcome.errors)")
      #expect(outcome.output.contains("14 parts compared, 0 differences"))
    }
  }

  @Test(
    .enabled(
      if: selenium != nil,
      "needs the Debian packages chromium and chromium-driver, and a Python with selenium"))
  func `a person can sort, search, point, open and darken the page`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    try program.succeed(["score", "--model", try SimulatedPartner.model])
    try program.succeed([
      "report", "--model", try SimulatedPartner.model, "--output", "page.html",
    ])
    let outcome = try Program.execute(
      try #require(Self.selenium), ["\(Repository.root)/Training/peers/page.py", "page.html"],
      folder: folder.path)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }
}
