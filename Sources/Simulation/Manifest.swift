internal import Files

/// `simulation.json`: which parameters made a folder, so that the same can be written again.
struct Manifest {
  let text: String

  /// Raised whenever the same parameters give other bytes.
  static let generatorVersion = 1

  init(_ parameters: SimulationParameters) {
    let markets = Market.all.map { market in
      JSONValue.object([
        "customerMarket": .string(market.code), "currency": .string(market.currency),
      ])
    }
    let manifest: JSONObject = [
      "generator": "churn-risk simulate",
      "generatorVersion": .integer(Self.generatorVersion),
      "parameters": .object(JSONObject(parameters.inventory.map { ($0.name, $0.value) })),
      "markets": .array(markets),
    ]
    text = JSONValue.object(manifest).serialized() + "\n"
  }
}
