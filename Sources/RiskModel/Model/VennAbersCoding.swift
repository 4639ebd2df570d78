internal import Files
internal import Learning

/// The two tables of a calibration range as JSON.
extension VennAbers {
  var json: JSONValue { ["lower": lower.json, "upper": upper.json] }

  /// nil when a table is missing or is no step function that never falls.
  init?(json: JSONValue) {
    guard let lower = json["lower"].flatMap(Steps.init(json:)),
      let upper = json["upper"].flatMap(Steps.init(json:))
    else { return nil }
    self.init(lower: lower, upper: upper)
  }
}

extension VennAbers.Steps {
  fileprivate var json: JSONValue {
    [
      "logOdds": .array(logOdds.map { .number($0) }),
      "probabilities": .array(probabilities.map { .number($0) }),
    ]
  }

  fileprivate init?(json: JSONValue) {
    func numbers(_ key: String) -> [Double]? {
      guard let items = json[key]?.array else { return nil }
      let numbers = items.compactMap(\.double)
      return numbers.count == items.count ? numbers : nil
    }
    guard let logOdds = numbers("logOdds"), let probabilities = numbers("probabilities") else {
      return nil
    }
    self.init(logOdds: logOdds, probabilities: probabilities)
    guard isValid else { return nil }
  }
}
