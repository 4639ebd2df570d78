import Files
import History
import Testing

@testable import Simulation

struct SimulationParametersTests {
  private typealias Parameters = SimulationParameters

  private func violation(_ change: (inout SimulationParameters) -> Void) -> String? {
    var parameters = SimulationParameters(subscriptions: 10, weeks: 10)
    change(&parameters)
    do {
      _ = try Simulation(parameters)
      return nil
    } catch {
      return error.description
    }
  }

  @Test func `lists every parameter for validation and the manifest`() {
    let parameters = SimulationParameters(subscriptions: 10, weeks: 10)
    let stored = Mirror(reflecting: parameters).children.map { $0.label ?? "" }
    #expect(parameters.inventory.map(\.name) == stored)
  }

  @Test func `accepts its defaults and the bounds of its ranges`() {
    #expect(violation { _ in } == nil)
    #expect(violation { ($0.subscriptions, $0.weeks) = (1_000_000, 520) } == nil)
    #expect(
      violation { ($0.trialShare, $0.fadePerWeek, $0.usageBackfillDays) = (1, 0.1, 0) } == nil)
  }

  @Test func `names the parameter, its value and what was expected`() {
    #expect(
      violation { $0.subscriptions = 0 }
        == "simulation parameter 'subscriptions' is 0; expected a whole number from 1 to 1000000."
        + " Choose a value in range.")
  }

  @Test func `refuses values out of range`() {
    let changes: [(String, (inout SimulationParameters) -> Void)] = [
      ("subscriptions", { $0.subscriptions = -1 }),
      ("subscriptions", { $0.subscriptions = 1_000_001 }),
      ("weeks", { $0.weeks = 0 }), ("weeks", { $0.weeks = 521 }), ("sources", { $0.sources = 3 }),
      ("asOf", { $0.asOf = CalendarDay(daysSinceEpoch: 0) }),
      ("asOf", { $0.asOf = CalendarDay(daysSinceEpoch: 47_482) }),
      ("trialShare", { $0.trialShare = 1.01 }), ("trialShare", { $0.trialShare = -0.01 }),
      ("lateShare", { $0.lateShare = .nan }), ("dailyNoise", { $0.dailyNoise = .infinity }),
      ("fadePerWeek", { $0.fadePerWeek = 0.2 }),
      ("delayShares", { $0.delayShares = [] }), ("delayShares", { $0.delayShares = [0, 0, 0, 0] }),
      ("commitmentShares", { $0.commitmentShares = [1, -1, 1, 1] }),
      ("commitmentShares", { $0.commitmentShares = [1, .nan, 1, 1] }),
      ("hostileNameEvery", { $0.hostileNameEvery = 0 }),
      ("deprovisionedListedDays", { $0.deprovisionedListedDays = 0 }),
    ]
    for (name, change) in changes {
      #expect(violation(change)?.contains("'\(name)'") == true, "\(name)")
    }
  }

  @Test func `writes a manifest from which the parameters can be read`() throws {
    var parameters = SimulationParameters(subscriptions: 10, weeks: 12)
    // Beyond 2⁵³: a JSON number would lose it.
    parameters.seed = UInt64.max
    let manifest = try JSONValue(parsing: Array(Manifest(parameters).text.utf8), path: "manifest")
    #expect(manifest["parameters"]?["subscriptions"]?.int == 10)
    #expect(manifest["parameters"]?["seed"]?.string == "18446744073709551615")
    #expect(manifest["parameters"]?["asOf"]?.string == "2026-11-16")
    let currencies = manifest["markets"]?.array?.compactMap { $0["currency"]?.string } ?? []
    #expect(Set(currencies) == ["USD", "EUR", "JPY"])
  }

  @Test func `tells folders of other parameters apart`() {
    let base = SimulationParameters(subscriptions: 10, weeks: 12)
    var other = base
    other.duplicateShare = 0.003
    #expect(Manifest(base).text == Manifest(base).text)
    #expect(Manifest(base).text != Manifest(other).text)
  }
}
