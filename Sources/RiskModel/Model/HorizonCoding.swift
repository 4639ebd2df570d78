internal import Files
internal import Learning

/// The horizons besides the model's own as JSON: the days, then the hazard that they rest on.
extension HorizonSpread {
  var json: JSONValue {
    [
      "horizons": .array(days.map { .integer($0) }),
      "periodEnds": .array(hazard.periodEnds.map { .integer($0) }),
      "intercepts": .array(hazard.intercepts.map { .number($0) }), "effects": hazard.effects.json,
    ]
  }

  /// nil when a part is missing, is no finite number, or refers to a period that there is not.
  init?(json: JSONValue) {
    func days(_ key: String) -> [Int]? {
      guard let items = json[key]?.array, !items.isEmpty else { return nil }
      let days = items.compactMap(\.int)
      let isAscending = zip(days, days.dropFirst()).allSatisfy { $0 < $1 }
      return days.count == items.count && isAscending && days[0] >= 1 ? days : nil
    }
    guard let horizons = days("horizons"), horizons.count >= 2, let ends = days("periodEnds"),
      horizons.allSatisfy(ends.contains),
      let intercepts = json["intercepts"]?.array?.compactMap(\.double),
      intercepts.count == ends.count, intercepts.allSatisfy(\.isFinite),
      let effects = json["effects"].flatMap(LogisticModel.init(json:)), effects.intercept == 0
    else { return nil }
    self.init(
      days: horizons,
      hazard: DiscreteTimeHazard(periodEnds: ends, intercepts: intercepts, effects: effects))
  }
}
