import Testing

@testable import CommandLineKit

struct CommandLineParserTests {
  private func invocation(
    _ words: [String], environment: [String: String] = [:]
  ) throws(ParseFailure) -> Invocation {
    try CommandLineParser(root: Sample.self, environment: { environment[$0] }).parse(words)
  }

  private func list(
    _ words: String..., environment: [String: String] = [:]
  ) throws -> Sample.List {
    guard case .run(let command, _) = try invocation(["list"] + words, environment: environment)
    else { throw UsageError("not a run") }
    return try #require(command as? Sample.List)
  }

  private func problem(_ words: String...) -> ParseProblem? {
    do {
      _ = try invocation(words)
      return nil
    } catch { return error.problem }
  }

  // MARK: - Values

  @Test func `keeps declared defaults when no option is given`() throws {
    let command = try list()
    #expect(command.top == 20)
    #expect(command.format == [.csv])
    #expect(command.asOf == nil)
    #expect(command.redact.values == [])
    #expect(command.share == nil)
    #expect(!command.json)
    #expect(command.storeOptions.store == "sample.db")
    #expect(command.global.threads == nil)
  }

  @Test func `takes values behind a space and behind an equals sign`() throws {
    #expect(try list("--top", "3").top == 3)
    #expect(try list("--top=3").top == 3)
    #expect(try list("--as-of=2026=11").asOf == "2026=11")
    #expect(try list("--as-of=").asOf == "")
  }

  @Test func `takes short options where they are declared`() throws {
    #expect(try list("-f", "json").format == [.json])
    #expect(try list("-f=json").format == [.json])
    #expect(try list("-q", "-v").global.quiet)
    #expect(problem("list", "-t", "3") == .unknownOption("-t", nearest: nil))
  }

  @Test func `collects a repeatable option and replaces its default`() throws {
    #expect(try list("--format", "csv", "-f", "html").format == [.csv, .html])
    #expect(try list("--format", "html").format == [.html])
  }

  @Test func `reads comma lists`() throws {
    #expect(try list("--redact", "names,revenue").redact.values == [.names, .revenue])
    #expect(try list("--redact=names").redact.values == [.names])
  }

  @Test func `takes a single hyphen as a value`() throws {
    #expect(try list("--as-of", "-").asOf == "-")
    let command = try #require(
      try Sample.Import.parsed(from: ["--label", "a", "-", "b"]) as Sample.Import?)
    #expect(command.paths == ["-", "b"])
  }

  @Test func `takes negative numbers where a number is expected`() throws {
    #expect(try list("--lag", "-1").lag == -1)
    #expect(try list("--lag=-1").lag == -1)
    #expect(try Sample.Shift.parsed(from: ["-7", "-.5"]).number == -7)
    #expect(try Sample.Shift.parsed(from: ["-7", "-.5"]).by == -0.5)
  }

  @Test func `takes words behind the terminator as arguments`() throws {
    let command = try Sample.Import.parsed(from: ["--label", "a", "--", "--label", "-h", "--"])
    #expect(command.paths == ["--label", "-h", "--"])
  }

  @Test func `lets options and arguments mix`() throws {
    let command = try Sample.Import.parsed(from: ["x", "--label", "a", "y", "--quiet", "z"])
    #expect(command.paths == ["x", "y", "z"])
    #expect(command.text == "a")
    #expect(command.global.quiet)
  }

  @Test func `fills arguments in the order of declaration`() throws {
    let all = try Sample.Shift.parsed(from: ["1", "2.5", "name"])
    #expect((all.number, all.by, all.name) == (1, 2.5, "name"))
    let one = try Sample.Shift.parsed(from: ["1"])
    #expect((one.number, one.by, one.name) == (1, 1, nil))
  }

  // MARK: - Environment

  @Test func `prefers the option to the variable and the variable to the default`() throws {
    let environment = ["SAMPLE_STORE": "env.db"]
    #expect(try list(environment: environment).storeOptions.store == "env.db")
    #expect(
      try list("--store", "x.db", environment: environment).storeOptions.store == "x.db")
    #expect(try list(environment: ["SAMPLE_STORE": ""]).storeOptions.store == "sample.db")
  }

  // MARK: - Commands

  @Test func `finds nested commands`() throws {
    guard case .run(let command, let path) = try invocation(["imports", "remove", "4"]) else {
      throw UsageError("not a run")
    }
    #expect(path == ["sample", "imports", "remove"])
    #expect((command as? Sample.Imports.Remove)?.id == 4)
  }

  @Test func `runs a command that also has subcommands`() throws {
    guard case .run(let command, let path) = try invocation(["imports", "--json"]) else {
      throw UsageError("not a run")
    }
    #expect(path == ["sample", "imports"])
    #expect((command as? Sample.Imports)?.json == true)
  }

  @Test(arguments: [
    ["--threads", "3", "-q", "imports", "remove", "4"],
    ["-q", "imports", "--threads=3", "remove", "4"],
    ["imports", "remove", "4", "--threads", "3", "--quiet"],
  ])
  func `takes global options at any place`(words: [String]) throws {
    guard case .run(let command, _) = try invocation(words) else { throw UsageError("not a run") }
    let remove = try #require(command as? Sample.Imports.Remove)
    #expect(remove.id == 4)
    #expect(remove.global.threads == 3)
    #expect(remove.global.quiet)
  }

  @Test func `refuses a global option that is given before and after the command`() {
    #expect(problem("--quiet", "list", "-q") == .repeated("--quiet", isFlag: true))
    #expect(
      problem("--threads", "1", "list", "--threads", "2") == .repeated("--threads", isFlag: false))
  }

  // MARK: - Help and version

  @Test(
    arguments: zip(
      [
        ["--help"], ["-h"], ["help"], ["list", "--help"], ["list", "--top", "x", "-h"],
        ["--help", "list"], ["-q", "list", "--nonsense", "--help"], ["help", "imports", "remove"],
        ["imports", "remove", "--help"], ["help", "--quiet", "list"], ["list", "--version", "-h"],
      ],
      [
        "sample", "sample", "sample", "sample list", "sample list", "sample list", "sample list",
        "sample imports remove", "sample imports remove", "sample list", "sample list",
      ]))
  func `understands every way to ask for help`(words: [String], expected: String) throws {
    guard case .help(let command, let path) = try invocation(words) else {
      throw UsageError("not help")
    }
    #expect(path.joined(separator: " ") == expected)
    #expect(command.commandName == path.last)
  }

  @Test(arguments: [["--version"], ["list", "--version"], ["--version", "list", "--top", "x"]])
  func `understands every way to ask for the version`(words: [String]) throws {
    guard case .version("1.2.3") = try invocation(words) else { throw UsageError("no version") }
  }

  @Test func `reports a misspelt command even when help is asked for`() {
    let expected = ParseProblem.unknownCommand("lits", parent: "sample", nearest: "list")
    #expect(problem("lits", "--help") == expected)
    #expect(problem("help", "lits") == expected)
    #expect(problem("--help", "lits") == expected)
  }

  @Test func `knows no version where the root has none`() {
    #expect(throws: UsageError.self) { try Sample.List.parsed(from: ["--version"]) }
  }

  // MARK: - Problems

  @Test func `suggests the nearest command or option`() {
    #expect(
      problem("improt") == .unknownCommand("improt", parent: "sample", nearest: "import"))
    #expect(
      problem("imports", "remov")
        == .unknownCommand("remov", parent: "sample imports", nearest: "remove"))
    #expect(
      problem("version") == .unknownCommand("version", parent: "sample", nearest: "--version"))
    #expect(problem("list", "--fromat=csv") == .unknownOption("--fromat", nearest: "--format"))
    #expect(problem("list", "-top", "3") == .unknownOption("-top", nearest: "--top"))
    #expect(problem("list", "--xyzzyx") == .unknownOption("--xyzzyx", nearest: nil))
  }

  @Test func `accepts no abbreviations`() {
    #expect(problem("list", "--form", "csv") == .unknownOption("--form", nearest: "--format"))
    #expect(problem("lis") == .unknownCommand("lis", parent: "sample", nearest: "list"))
  }

  @Test func `asks for short options one by one`() {
    #expect(problem("list", "-qv") == .combinedShortOptions("-qv", separate: "-q -v"))
  }

  @Test func `names the command that an early option belongs to`() {
    #expect(problem("--top", "3", "list") == .optionNotHere("--top", owner: "sample list"))
    #expect(
      problem("imports", "--json", "remove", "4")
        == .commandAfterOptions("remove", parent: "sample imports"))
  }

  @Test func `refuses an option given twice`() {
    #expect(problem("list", "--top", "1", "--top", "1") == .repeated("--top", isFlag: false))
    #expect(problem("list", "--json", "--json") == .repeated("--json", isFlag: true))
  }

  @Test func `refuses a value for a flag`() {
    #expect(problem("list", "--json=yes") == .unexpectedValue("yes", flag: "--json"))
  }

  @Test func `takes no option for a missing value`() {
    #expect(
      problem("list", "--as-of") == .missingValue(option: "--as-of DAY", next: nil, isOption: false)
    )
    #expect(
      problem("list", "--as-of", "--json")
        == .missingValue(option: "--as-of DAY", next: "--json", isOption: true))
    #expect(
      problem("list", "--as-of", "-1")
        == .missingValue(option: "--as-of DAY", next: "-1", isOption: false))
    #expect(
      problem("list", "--lag", "--", "4")
        == .missingValue(option: "--lag N", next: nil, isOption: false))
  }

  @Test func `says what a value should be`() {
    #expect(
      problem("list", "--format", "jsno")
        == .invalidValue(
          "jsno", place: "--format", expected: "one of: csv, json, html", nearest: "json"))
    #expect(
      problem("list", "--top", "0")
        == .invalidValue(
          "0", place: "--top", expected: "a whole number, at least 1", nearest: nil))
    #expect(
      problem("list", "--share", "1.5")
        == .invalidValue(
          "1.5", place: "--share", expected: "a number with a decimal point, 0.0 to 1.0",
          nearest: nil))
    #expect(
      problem("imports", "remove", "x")
        == .invalidValue("x", place: "ID", expected: "a whole number", nearest: nil))
  }

  @Test func `names the item of a list that is at fault`() {
    #expect(
      problem("list", "--redact", "revenue,nmes")
        == .invalidValue(
          "nmes", place: "--redact", expected: "one of: revenue, names, or several with commas",
          nearest: "names"))
  }

  @Test func `names the variable whose value is refused`() {
    struct Counter: Command {
      @Option(help: "A count.", environment: "COUNT") var count = 1
      mutating func run() throws {}
    }
    #expect(
      throws: UsageError("The value 'x' is invalid for '$COUNT'. Expected a whole number.")
    ) { try Counter.parsed(from: [], environment: ["COUNT": "x"]) }
    #expect(throws: Never.self) {
      try Counter.parsed(from: ["--count", "2"], environment: ["COUNT": "x"])
    }
  }

  @Test func `names everything that is missing and shows the usage`() {
    #expect(
      throws: ParseFailure(
        problem: .missingParameters(["--label LABEL", "PATH"]), path: ["sample", "import"],
        usage: "sample import --label LABEL [OPTIONS] PATH…")
    ) { try invocation(["import"]) }
  }

  @Test func `counts repeating arguments`() {
    #expect(problem("compare", "--column", "a", "x", "y", "z") == nil)
    #expect(
      problem("compare", "--column", "a", "x")
        == .tooFewArguments("FILE", minimum: 2, given: 1))
    #expect(problem("compare", "x", "y") == .missingParameters(["--column COLUMN"]))
  }

  @Test func `refuses arguments beyond the declared ones`() {
    #expect(problem("list", "x") == .unexpectedArgument("x", taken: 0))
    #expect(problem("imports", "remove", "1", "2") == .unexpectedArgument("2", taken: 1))
  }

  // MARK: - Properties

  @Test func `binds the same values for every order of the options`() throws {
    let options = [["--top", "3"], ["--json"], ["--lag", "-2"], ["--as-of", "x"], ["-q"]]
    for first in options.indices {
      for second in options.indices where second != first {
        var order = options
        order.swapAt(0, first)
        order.swapAt(1, second)
        let command = try Sample.List.parsed(from: order.flatMap { $0 })
        #expect(command.top == 3 && command.json && command.lag == -2)
        #expect(command.asOf == "x" && command.global.quiet)
      }
    }
  }

  @Test func `answers any words without a control character in the message`() {
    let pieces = [
      "list", "import", "imports", "remove", "help", "--", "-", "--top", "--top=", "--lag", "-1",
      "-q", "-qv", "--help", "--version", "", "=", "--=", "-=", "\u{1B}[2J", "a\u{202E}b", "\r\n",
      "--\u{7}", "日本", "--threads", "3", "--json=\t", "tokens", "add", "–top",
    ]
    var state: UInt64 = 20_261_120  // SplitMix64, Steele, Lea & Flood 2014
    func next(below limit: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((z ^ (z >> 31)) % UInt64(limit))
    }
    var refused = 0
    for _ in 0..<3000 {
      let words = (0..<next(below: 6)).map { _ in pieces[next(below: pieces.count)] }
      do {
        _ = try invocation(words)
      } catch {
        refused += 1
        #expect(!error.message.unicodeScalars.contains { SafeText.isUnsafe($0) && $0 != "\n" })
        #expect(!error.message.isEmpty && error.path.first == "sample")
      }
    }
    #expect(refused > 1000 && refused < 3000)
  }
}
