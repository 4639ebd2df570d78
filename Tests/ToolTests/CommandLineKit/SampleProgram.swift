import CommandLineKit

/// A small program with one of everything that the tests of this room need.
struct Sample: Command {
  static let configuration = CommandConfiguration(
    name: "sample", abstract: "Shows what the kit can do.",
    examples: [Example(command: "sample list --top 3 | head", does: "Prints three rows.")],
    version: "1.2.3",
    subcommands: [
      List.self, Import.self, Imports.self, Tokens.self, Shift.self, Fail.self, Compare.self,
    ],
    globalOptions: Globals.self)

  struct Globals: ParsableGroup {
    static let title = "Global options"
    @Flag(short: "q", help: "Prints no progress.") var quiet = false
    @Flag(short: "v", help: "Prints more.") var verbose = false
    @Option(help: "Threads to use.", whenAbsent: "one per core", accepting: .atLeast(1))
    var threads: Int?
  }

  struct StoreOptions: ParsableGroup {
    static let title = "Store options"
    @Option(value: "FILE", help: "The store.", environment: "SAMPLE_STORE") var store = "sample.db"
    func validate() throws {
      guard store != "forbidden" else { throw UsageError("That store is forbidden.") }
    }
  }
}

extension Sample {
  enum Format: String, CaseIterable, ParsableValue { case csv, json, html }

  struct List: Command {
    static let configuration = CommandConfiguration(
      abstract: "Prints the list.", discussion: "A longer text.",
      examples: [
        Example(command: "sample list --top 3", does: "Prints three rows."),
        Example(
          command: "sample list --redact revenue,names --store 'a b.db' > out", does: "Hides."),
      ])
    @Option(help: "Rows to print.", accepting: .atLeast(1)) var top = 20
    @Option(short: "f", help: "A format.") var format: [Format] = [.csv]
    @Option(value: "DAY", help: "The day.", whenAbsent: "the newest observation") var asOf: String?
    @Option(help: "What to hide.") var redact: CommaList<Redaction> = []
    @Option(help: "Weeks to look back.") var lag = 2
    @Option(help: "A share.", accepting: .within(0...1)) var share: Double?
    @Flag(help: "Prints JSON.") var json = false
    @OptionGroup var storeOptions: Sample.StoreOptions
    @OptionGroup var global: Sample.Globals

    enum Redaction: String, CaseIterable, ParsableValue { case revenue, names }

    func validate() throws {
      guard !(json && format == [.html]) else { throw UsageError("'--json' excludes html.") }
    }
    mutating func run() throws {}
  }

  struct Import: Command {
    static let configuration = CommandConfiguration(abstract: "Adds files.")
    @Option(name: "label", help: "A label.") var text: String
    @Argument(value: "PATH", help: "Files.") var paths: [String]
    @OptionGroup var global: Sample.Globals
    mutating func run() throws {}
  }

  struct Imports: Command {
    static let configuration = CommandConfiguration(
      abstract: "Prints what was added.", subcommands: [Remove.self])
    @Flag(help: "Prints JSON.") var json = false
    @OptionGroup var global: Sample.Globals
    mutating func run() throws {}

    struct Remove: Command {
      static let configuration = CommandConfiguration(abstract: "Takes one back.")
      @Argument(value: "ID", help: "Which.") var id: Int
      @OptionGroup var global: Sample.Globals
      mutating func run() throws {}
    }
  }

  struct Copy: Command {
    static let configuration = CommandConfiguration(
      abstract: "Copies.", usage: ["[OPTIONS]", "back ID [OPTIONS]"])
    @Argument(value: "back ID", help: "Which.") var words: [String] = []
    @OptionGroup var global: Sample.Globals
    mutating func run() throws {}
  }

  struct Tokens: Command {
    static let configuration = CommandConfiguration(
      abstract: "Keeps tokens.", subcommands: [Add.self], group: "Access")
    struct Add: Command {
      static let configuration = CommandConfiguration(abstract: "Adds a token.")
      @OptionGroup var global: Sample.Globals
      mutating func run() throws {}
    }
  }

  struct Shift: Command {
    static let configuration = CommandConfiguration(abstract: "Moves a number.")
    @Argument(help: "The number.") var number: Int
    @Argument(help: "By how much.") var by: Double = 1
    @Argument(help: "A name.") var name: String?
    @OptionGroup var global: Sample.Globals
    mutating func run() throws {}
  }

  struct Compare: Command {
    static let configuration = CommandConfiguration(abstract: "Compares files.")
    @Option(help: "A column.") var column: [String]
    @Argument(atLeast: 2, value: "FILE", help: "Files.") var files: [String]
    @OptionGroup var global: Sample.Globals
    mutating func run() throws {}
  }

  struct Fail: Command {
    enum Way: String, CaseIterable, ParsableValue {
      case usage, plain, coded, clean, pipe, silent, hostile
    }
    struct Plain: Error, CustomStringConvertible { var description: String { "It broke." } }
    struct Coded: ExitCodeProviding, CustomStringConvertible {
      var exitCode: ExitCode { .unusableInput }
      var description: String { "a.csv:3: a field is missing." }
    }
    struct Silent: ExitCodeProviding {
      var exitCode: ExitCode { .busy }
      var isSilent: Bool { true }
    }
    struct Hostile: Error, CustomStringConvertible {
      var description: String { "Bad name '\u{1B}[31mred\u{202E}'." }
    }

    static let configuration = CommandConfiguration(abstract: "Fails in a chosen way.")
    @Argument(help: "The way.") var way: Way
    @OptionGroup var global: Sample.Globals

    mutating func run() throws {
      switch way {
      case .usage: throw UsageError("That cannot be.")
      case .plain: throw Plain()
      case .coded: throw Coded()
      case .clean: throw CleanExit(.attention)
      case .pipe: throw OutputError.brokenPipe
      case .silent: throw Silent()
      case .hostile: throw Hostile()
      }
    }
  }
}
