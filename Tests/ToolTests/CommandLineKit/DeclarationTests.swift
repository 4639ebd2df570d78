import Testing

@testable import CommandLineKit

struct DeclarationTests {
  @Test func `keeps copies of a command independent`() throws {
    let original = try Sample.List.parsed(from: ["--top", "3", "--json"])
    var copy = original
    copy.top = 4
    copy.json = false
    #expect((original.top, original.json) == (3, true))
    #expect((copy.top, copy.json) == (4, false))
  }

  @Test func `gives each instance values of its own`() throws {
    let first = try Sample.List.parsed(from: ["--top", "3"])
    let second = try Sample.List.parsed(from: ["--top", "4"])
    #expect((first.top, second.top) == (3, 4))
  }

  @Test func `lets a test set the properties of a bare instance`() {
    var command = Sample.Import()
    command.text = "x"
    command.paths = ["a"]
    #expect((command.text, command.paths) == ("x", ["a"]))
  }

  @Test func `stops the program when a required value is read before parsing`() async {
    await #expect(processExitsWith: .failure) { _ = Sample.Import().text }
    await #expect(processExitsWith: .failure) { _ = Sample.Shift().number }
  }

  @Test func `names options and commands after the declaration`() {
    let names = parameterSections(of: Sample.List()).first?.parameters.map { $0.name }
    #expect(names == ["top", "format", "as-of", "redact", "lag", "share", "json"])
    #expect(Sample.List.commandName == "list")
    #expect(Sample.commandName == "sample")
  }

  @Test func `lists option groups behind the command's own parameters`() {
    let titles = parameterSections(of: Sample.List()).map { $0.title }
    #expect(titles == [nil, "Store options", "Global options"])
  }

  @Test func `finds groups within groups`() throws {
    struct Inner: ParsableGroup {
      static let title = "Inner"
      @Flag(help: "Deep.") var deep = false
      func validate() throws { if deep { throw UsageError("Too deep.") } }
    }
    struct Outer: ParsableGroup {
      static let title = "Outer"
      @Flag(help: "Shallow.") var shallow = false
      @OptionGroup var inner: Inner
    }
    struct Dive: Command {
      @OptionGroup var outer: Outer
      mutating func run() throws {}
    }
    #expect(try Dive.parsed(from: ["--shallow"]).outer.shallow)
    #expect(throws: UsageError("Too deep.")) { try Dive.parsed(from: ["--deep"]) }
    #expect(parameterSections(of: Dive()).map { $0.title } == [nil, "Outer", "Inner"])
  }

  @Test func `parses and validates a command for a program's own tests`() {
    #expect(throws: UsageError("'--json' excludes html.")) {
      try Sample.List.parsed(from: ["--json", "-f", "html"])
    }
    #expect(throws: UsageError("Unknown option '--x'.")) {
      try Sample.List.parsed(from: ["--x"])
    }
    #expect(throws: UsageError.self) { try Sample.List.parsed(from: ["--help"]) }
  }
}
