import Testing

@testable import CommandLineKit

struct DeclarationProblemsTests {
  @Test func `finds nothing wrong with a sound program`() {
    #expect(declarationProblems(of: Sample.self) == [])
  }

  @Test func `finds options of the same name`() {
    struct Twice: Command {
      static let configuration = CommandConfiguration(abstract: "Has clashes.")
      @Option(short: "t", help: "One.") var top = 1
      @Option(name: "top", short: "t", help: "Two.") var other = 2
      mutating func run() throws {}
    }
    #expect(
      declarationProblems(of: Twice.self) == [
        "twice: two options are called '--top'.", "twice: two options are called '-t'.",
      ])
  }

  @Test func `finds reserved and malformed names`() {
    struct Odd: Command {
      static let configuration = CommandConfiguration(name: "Odd_one", abstract: "Is odd.")
      @Flag(help: "Own help.") var help = false
      @Flag(help: "Own version.") var version = false
      @Flag(name: "Big", short: "h", help: "Big.") var big = false
      @Flag(short: "1", help: "Digit.") var digit = false
      @Flag(name: "end-", help: "Ends.") var end = false
      mutating func run() throws {}
    }
    #expect(
      declarationProblems(of: Odd.self) == [
        "Odd_one: the command's name is not lower-case letters, digits and hyphens.",
        "Odd_one: '--help' is built in.", "Odd_one: '--version' is built in.",
        "Odd_one: '--Big' is not lower-case letters, digits and hyphens.",
        "Odd_one: '-h' is built in.", "Odd_one: '-1' is not a letter.",
        "Odd_one: '--end-' is not lower-case letters, digits and hyphens.",
      ])
  }

  @Test func `finds missing words`() {
    struct Mute: Command {
      @Option(help: "") var top = 1
      @Argument(help: "") var path: String
      mutating func run() throws {}
    }
    #expect(
      declarationProblems(of: Mute.self) == [
        "mute: has no abstract.", "mute: '--top' has no help.", "mute: 'PATH' has no help.",
      ])
  }

  @Test func `finds contradictions about absence`() {
    struct Torn: Command {
      static let configuration = CommandConfiguration(abstract: "Is torn.")
      @Option(help: "A day.", whenAbsent: "today") var day: String
      @Option(help: "A count.", accepting: .atLeast(1)) var count = 0
      @Flag(help: "Always.") var always = true
      mutating func run() throws {}
    }
    #expect(
      declarationProblems(of: Torn.self) == [
        "torn: '--day' is required but says what its absence means.",
        "torn: '--count' would refuse its own default '0'.",
        "torn: '--always' is on by default and cannot be turned off.",
      ])
  }

  @Test func `finds arguments that can never be filled`() {
    struct Greedy: Command {
      static let configuration = CommandConfiguration(abstract: "Is greedy.")
      @Argument(help: "Some.") var some: [String] = []
      @Argument(help: "Last.") var last: String
      mutating func run() throws {}
    }
    #expect(
      declarationProblems(of: Greedy.self) == [
        "greedy: 'LAST' comes after 'SOME', which takes every word.",
        "greedy: 'LAST' is required but comes after an optional argument.",
      ])
  }

  @Test func `finds words that could be an argument or a command`() {
    struct Both: Command {
      static let configuration = CommandConfiguration(
        abstract: "Is both.",
        subcommands: [Sample.Tokens.Add.self, Sample.Tokens.Add.self, Help.self])
      @Argument(help: "A path.") var path: String?
      mutating func run() throws {}
      struct Help: Command {
        static let configuration = CommandConfiguration(abstract: "Own help.")
        mutating func run() throws {}
      }
    }
    #expect(
      declarationProblems(of: Both.self) == [
        "both: two subcommands are called 'add'.", "both: the command 'help' is built in.",
        "both: has arguments and subcommands, so a word could be either.",
      ])
  }

  @Test func `finds commands that ignore the global options`() {
    struct Deaf: Command {
      static let configuration = CommandConfiguration(
        abstract: "Is deaf.", subcommands: [Leaf.self], globalOptions: Sample.Globals.self)
      struct Leaf: Command {
        static let configuration = CommandConfiguration(abstract: "Does not listen.")
        mutating func run() throws {}
      }
    }
    #expect(
      declarationProblems(of: Deaf.self) == [
        "deaf leaf: accepts the global options but does not declare their group."
      ])
  }

  @Test func `finds examples that would be refused`() {
    struct Show: Command {
      static let configuration = CommandConfiguration(
        abstract: "Shows.",
        examples: [
          Example(command: "other --top 3", does: "Is another program."),
          Example(command: "show --topp 3", does: "Is misspelt."),
          Example(command: "show --top 3 --name 'a | b' | head -n 1", does: "Is right."),
          Example(command: "show --name \"\" && rm x", does: "Is right too."),
        ])
      @Option(help: "Rows.") var top = 1
      @Option(help: "A name.") var name = "x"
      mutating func run() throws {}
    }
    #expect(
      declarationProblems(of: Show.self) == [
        "show: the example 'other --top 3' does not begin with 'show'.",
        "show: the example 'show --topp 3' is refused: Unknown option '--topp'. "
          + "Did you mean '--top'?",
      ])
  }

  @Test func `a group may show the commands below it, and no others`() {
    struct Shop: Command {
      static let configuration = CommandConfiguration(
        abstract: "Is the root.", subcommands: [Fruit.self, Bread.self])
    }
    struct Fruit: Command {
      static let configuration = CommandConfiguration(
        abstract: "Is a group.",
        examples: [
          Example(command: "shop fruit peel", does: "Is below."),
          Example(command: "shop bread", does: "Is beside."),
        ], subcommands: [Peel.self])
    }
    struct Peel: Command {
      static let configuration = CommandConfiguration(
        abstract: "Is below.", examples: [Example(command: "shop bread", does: "Is elsewhere.")])
      mutating func run() throws {}
    }
    struct Bread: Command {
      static let configuration = CommandConfiguration(abstract: "Is beside.")
      mutating func run() throws {}
    }
    #expect(
      declarationProblems(of: Shop.self) == [
        "shop fruit: the example 'shop bread' calls another command.",
        "shop fruit peel: the example 'shop bread' calls another command.",
      ])
  }
}
