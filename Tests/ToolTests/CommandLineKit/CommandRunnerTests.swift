import Testing

@testable import CommandLineKit

struct CommandRunnerTests {
  struct Outcome: Equatable {
    var code: ExitCode
    var output = ""
    var error = ""
  }

  private func run(
    _ words: String..., root: any Command.Type = Sample.self, environment: [String: String] = [:]
  ) -> Outcome {
    var outcome = Outcome(code: .success)
    outcome.code = CommandRunner(
      root: root, environment: { environment[$0] }, output: { outcome.output += $0 },
      complain: { outcome.error += $0 }
    ).run(words)
    return outcome
  }

  @Test func `ends with 0 and prints nothing of its own`() {
    #expect(run("list") == Outcome(code: .success))
  }

  @Test func `prints help on standard output`() {
    let outcome = run("list", "--help")
    #expect(outcome.code == .success)
    #expect(outcome.output.hasPrefix("EXAMPLES\n  sample list --top 3\n"))
    #expect(outcome.error == "")
  }

  @Test func `prints the version`() {
    #expect(run("--version") == Outcome(code: .success, output: "sample 1.2.3\n"))
  }

  @Test func `greets with the root's help when there are no words`() {
    let outcome = run()
    #expect(outcome.code == .success)
    #expect(outcome.output == run("--help").output)
    #expect(outcome.error == "")
  }

  @Test func `asks for a command when only options are given`() {
    let outcome = run("--quiet")
    #expect(outcome.code == .usage)
    #expect(outcome.output == "")
    #expect(outcome.error.contains("Error: A command is missing after 'sample'. Expected one of: "))
  }

  @Test func `prints a group's help on standard error and ends with 64`() {
    let outcome = run("tokens")
    #expect(outcome.code == .usage)
    #expect(outcome.output == "")
    #expect(outcome.error.hasPrefix("OVERVIEW\n  Keeps tokens.\n"))
    #expect(
      outcome.error.hasSuffix(
        """
        Error: A command is missing after 'sample tokens'. Expected one of: add.
        See 'sample tokens --help'.

        """))
  }

  @Test func `says what is wrong with the usage and where help is`() {
    #expect(
      run("list", "--topp", "3")
        == Outcome(
          code: .usage,
          error:
            "Error: Unknown option '--topp'. Did you mean '--top'?\nSee 'sample list --help'.\n"))
  }

  @Test func `points to the help of the command whose check failed`() {
    let expected = "Error: '--json' excludes html.\nSee 'sample list --help'.\n"
    #expect(
      run("list", "--json", "--format", "html") == Outcome(code: .usage, error: expected))
    #expect(
      run("fail", "usage")
        == Outcome(code: .usage, error: "Error: That cannot be.\nSee 'sample fail --help'.\n"))
  }

  @Test func `checks option groups before the command`() {
    let outcome = run("list", "--store", "forbidden", "--json", "--format", "html")
    #expect(outcome.error.hasPrefix("Error: That store is forbidden.\n"))
  }

  @Test func `lets errors choose their status`() {
    #expect(
      run("fail", "coded")
        == Outcome(code: .unusableInput, error: "Error: a.csv:3: a field is missing.\n"))
    #expect(run("fail", "plain") == Outcome(code: .failure, error: "Error: It broke.\n"))
  }

  @Test func `ends without a message where that is asked for`() {
    #expect(run("fail", "clean") == Outcome(code: .attention))
    #expect(run("fail", "pipe") == Outcome(code: .success))
    #expect(run("fail", "silent") == Outcome(code: .busy))
  }

  @Test func `escapes control characters in messages`() {
    let expected = "Error: Bad name '\\u{1B}[31mred\\u{202E}'.\n"
    #expect(run("fail", "hostile") == Outcome(code: .failure, error: expected))
    #expect(!run("\u{1B}[2J").error.unicodeScalars.contains("\u{1B}"))
    #expect(!run("list", "--top", "a\nb").error.contains("a\nb"))
  }

  @Test func `has the exit statuses that other programs rely on`() {
    // Numbers from 64: sysexits.h. 0, 1 and 2 by convention.
    #expect(ExitCode.allCases.map { $0.rawValue } == [0, 1, 2, 64, 65, 66, 73, 75])
  }

  @Test func `reports output that cannot be written with 73`() {
    var error = ""
    let runner = CommandRunner(
      root: Sample.self,
      output: { _ in throw OutputError.failed(stream: .output, code: 28) },
      complain: { error += $0 })
    #expect(runner.run(["--help"]) == .cannotWrite)
    // 28 is ENOSPC on Linux.
    #expect(
      error == """
        Error: Standard output cannot be written: No space left on device. \
        Check the free space and where it is redirected to.

        """)
  }

  @Test func `ends quietly when the reader of help has gone`() {
    var error = ""
    let runner = CommandRunner(
      root: Sample.self, output: { _ in throw OutputError.brokenPipe }, complain: { error += $0 })
    #expect(runner.run(["--help"]) == .success)
    #expect(error == "")
  }

  @Test func `runs a root that has no subcommands`() {
    #expect(run(root: Sample.List.self) == Outcome(code: .success))
    #expect(run("--top", "0", root: Sample.List.self).code == .usage)
  }
}
