import Files
import Foundation
import Reporting
import Testing

/// The model in `Models/simulated-91d` still reads, and still gives the scores it gave.
///
/// A change of these scores is a change of what partners see: `make golden` writes them anew, and the
/// difference is reviewed.
struct GoldenTests {
  private static let model = "\(Repository.root)/Models/simulated-91d"

  @Test func `the committed model scores the simulated partner as it did`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    try program.succeed(["score", "--model", Self.model])
    let list = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
    let golden = try Data(contentsOf: URL(fileURLWithPath: "\(Self.model)/golden-scores.csv"))
      .split(separator: UInt8(ascii: "\n"))
      .map { String(decoding: $0, as: UTF8.self).split(separator: ",").map(String.init) }
    #expect(list.subscriptions.count == golden.count)
    for (row, cells) in zip(list.subscriptions, golden) {
      #expect(row.identity.subscriptionId == cells[0])
      // OpenBLAS picks its kernels by processor, and they round differently.
      let probability = try #require(Double(cells[1]))
      #expect(abs(try #require(row.churnProbability) - probability) <= 1e-9)
      #expect(row.riskBand == cells[2])
    }
  }

  @Test func `training anew gives the committed model's figures`() throws {
    let evaluation = try JSONValue(
      parsing: contents(ofFile: "\(Self.model)/evaluation.json"), path: "evaluation.json")
    let anew = try JSONValue(
      parsing: contents(ofFile: "\(SimulatedPartner.model)/evaluation.json"), path: "anew")
    #expect(anew["rows"] == evaluation["rows"])
    #expect(anew["churnedCustomers"] == evaluation["churnedCustomers"])
    let loss = try #require(evaluation["metrics"]?["logLoss"]?.double)
    #expect(abs(try #require(anew["metrics"]?["logLoss"]?.double) - loss) <= 1e-6)
  }
}
