import Files
import Reporting

/// Made-up scores of a partner, in the order of their probability: at-risk.json for the lists.
///
/// Eight of a hundred rows are at risk, and each row belongs to one of the account managers. The same numbers
/// give the same bytes.
struct ScoresWorkload: Hashable {
  /// Changes whenever the bytes do.
  static let version = 1

  /// Scored subscriptions, ≥ 1.
  var subscriptions: Int
  /// ≥ 1.
  var managers = 200

  /// Of all rows.
  static let (highShare, mediumShare) = (0.025, 0.055)

  var name: String { "scores-v\(Self.version)-\(subscriptions)x\(managers).json" }

  /// Writes the file row by row.
  ///
  /// - Throws: `FileError` of kind `unwritable`.
  func write(to path: String) throws {
    var document = AtRiskDocument()
    document.asOf = "2026-11-16"
    document.dataThrough = "2026-11-12"
    document.lagDays = 4
    document.horizonDays = 91
    document.churnEvents = ["deprovisioned", "suspended"]
    document.churnText =
      "The subscription is suspended or deprovisioned within 91 days, and does not come back within 30."
    document.model.name = "cancellation-91d"
    document.model.learner = "blend"
    document.model.trainedThrough = "2026-07-13"
    document.model.sha256 = String(repeating: "5c0e", count: 16)
    document.model.baseRate = 0.021
    document.model.grade = "A"
    document.model.bias = ScoredRow.bias
    document.model.calibration = ["method": "platt", "a": 1, "b": 0]
    document.high = ScoredRow.high
    document.medium = ScoredRow.medium
    document.excluded = (0..<subscriptions / 50).map {
      ScoredRow(subscriptions + $0, of: self).lost
    }
    try document.write(to: path, count: subscriptions) { ScoredRow($0, of: self).row }
  }
}
