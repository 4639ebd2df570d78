package import Files
package import Learning

/// The calibration as it stands in model.json and at-risk.json: `{ "method": …, parameters }`.
extension CalibrationMap {
  package var json: JSONValue {
    switch self {
    case .identity: ["method": .string(method)]
    case .interceptShift(let b): ["method": .string(method), "b": .number(b)]
    case .platt(let a, let b): ["method": .string(method), "a": .number(a), "b": .number(b)]
    case .beta(let a, let b, let c):
      ["method": .string(method), "a": .number(a), "b": .number(b), "c": .number(c)]
    case .isotonic(let logOdds, let probabilities):
      [
        "method": .string(method), "logOdds": .array(logOdds.map { .number($0) }),
        "probabilities": .array(probabilities.map { .number($0) }),
      ]
    }
  }

  /// nil when the method is unknown or its parameters make no non-decreasing map.
  package init?(json: JSONValue) {
    func number(_ key: String) -> Double { json[key]?.double ?? .nan }
    func numbers(_ key: String) -> [Double] { (json[key]?.array ?? []).compactMap(\.double) }
    switch json["method"]?.string {
    case "identity": self = .identity
    case "intercept": self = .interceptShift(b: number("b"))
    case "platt": self = .platt(a: number("a"), b: number("b"))
    case "beta": self = .beta(a: number("a"), b: number("b"), c: number("c"))
    case "isotonic":
      self = .isotonic(logOdds: numbers("logOdds"), probabilities: numbers("probabilities"))
    default: return nil
    }
    guard isValid else { return nil }
  }
}

extension RiskModelFile {
  /// The calibration for at-risk.json; null under rules.
  package var calibrationJSON: JSONValue { fitted == nil ? .null : calibration.json }
}
