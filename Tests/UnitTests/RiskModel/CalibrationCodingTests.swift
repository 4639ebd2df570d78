import Files
import Learning
import Testing

@testable import RiskModel

/// Calibrations in model.json and at-risk.json.
struct CalibrationCodingTests {
  @Test(arguments: RiskFixtures.calibrations)
  func `each method survives the way through text`(calibration: CalibrationMap) throws {
    let text = Array(calibration.json.serialized().utf8)
    #expect(CalibrationMap(json: try JSONValue(parsing: text, path: "c")) == calibration)
    #expect(calibration.json["method"]?.string == calibration.method)
  }

  @Test func `Platt's parameters as at-risk.json shows them`() {
    #expect(
      CalibrationMap.platt(a: 0.97, b: -0.02).json
        == ["method": "platt", "a": 0.97, "b": -0.02])
  }

  @Test func `what makes no non-decreasing map is refused`() {
    let wrong: [JSONValue] = [
      .null, "platt", [:], ["method": "magic"], ["method": "intercept"],
      ["method": "platt", "a": 1], ["method": "platt", "a": -1, "b": 0],
      ["method": "beta", "a": 1, "b": "2", "c": 0], ["method": "beta", "a": 1, "b": -2, "c": 0],
      ["method": "isotonic", "logOdds": [], "probabilities": []],
      ["method": "isotonic", "logOdds": [1, 0], "probabilities": [0.1, 0.2]],
      ["method": "isotonic", "logOdds": [0, 1], "probabilities": [0.2, 0.1]],
      ["method": "isotonic", "logOdds": [0, 1], "probabilities": [0.2]],
      ["method": "isotonic", "logOdds": [0], "probabilities": [1.2]],
    ]
    for json in wrong { #expect(CalibrationMap(json: json) == nil, "\(json.serialized())") }
  }
}
