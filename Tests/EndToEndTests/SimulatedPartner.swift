import Testing

/// A simulated, imported, trained and scored partner that tests read and none changes.
///
/// The same as `make golden` uses: 600 subscriptions, 52 weeks, seed 7.
enum SimulatedPartner {
  static let folder: Result<TemporaryFolder, any Error> = Result {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    for words in [
      [
        "simulate", "--subscriptions", "600", "--weeks", "52", "--seed", "7", "--output", "exports",
      ],
      ["import", "exports"], ["train"],
      ["score", "--as-of", "2026-11-09", "--output", "last.json"],
    ] {
      let outcome = try program.run(words)
      try #require(outcome.status == 0, "\(words): \(outcome.errors)")
    }
    return folder
  }

  /// The program in a folder of the test's own, over the partner's history.
  static func program(in own: TemporaryFolder) throws -> Program {
    let store = try folder.get().path("churn-risk.sqlite")
    return Program(folder: own.path, environment: ["CHURN_RISK_STORE": store])
  }

  static var model: String { get throws { try folder.get().path("model") } }
}
