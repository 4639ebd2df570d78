import Testing

@testable import CommandLineKit
@testable import churn_risk

struct HelpTests {
  static let commands = ChurnRisk.configuration.subcommands.map { $0.commandName }

  @Test func `the declarations of all commands are sound`() {
    #expect(declarationProblems(of: ChurnRisk.self) == [])
  }

  @Test(arguments: commands) func `every command explains itself, examples first`(
    command: String
  ) throws {
    let folder = try TemporaryFolder()
    let outcome = try Program(folder: folder.path).succeed([command, "--help"])
    #expect(outcome.output.hasPrefix("EXAMPLES"))
    #expect(outcome.output.contains("churn-risk \(command)"))
    #expect(outcome.errors == "")
  }

  @Test func `a misspelt command names the nearest one and ends with 64`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program(folder: folder.path).run(["scoer"])
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("Did you mean 'score'?"))
  }

  @Test func `the version is printed`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program(folder: folder.path).succeed(["--version"])
    #expect(outcome.output.contains("0.1.0"))
  }
}
