internal import Files
internal import Learning

/// A figure with its interval as JSON; null where it is not defined.
extension Estimate {
  var json: JSONValue {
    func finite(_ number: Double?) -> JSONValue {
      number.flatMap { $0.isFinite ? .number($0) : nil } ?? .null
    }
    return ["value": finite(value), "low": finite(low), "high": finite(high)]
  }
}

extension ProbabilityFigures {
  /// Every figure by its name.
  var json: JSONObject {
    [
      "logLoss": logLoss.json, "calibrationSlope": calibrationSlope.json,
      "calibrationIntercept": calibrationIntercept.json,
      "observedExpectedRatio": observedExpectedRatio.json,
    ]
  }
}
