/// Something about the data that a person should know, as one row of the quality report.
package struct QualityFinding: Sendable, Hashable {
  /// How much it matters, the worst first.
  package enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
    /// What rests on these data is wrong until somebody has looked.
    case error
    /// Some of it may be wrong.
    case warning
    /// It would be better otherwise.
    case recommendation
    /// A fact to know, and nothing to do.
    case info

    /// Whether `left` is worse.
    package static func < (left: Self, right: Self) -> Bool { left.place < right.place }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// The check that found it, for instance `rejectedRows`.
  package var name: String
  /// How much it matters.
  package var severity: Severity
  /// The column it is about; nil when it is about none, or about several.
  package var column: String?
  /// The file it is about, as it was given to the import; nil when it is about the history.
  package var file: String?
  /// How often it was met; what is counted stands in `details`.
  package var count: Int
  /// What was found, with the threshold where there is one: a sentence without a full stop.
  package var details: String
}

extension QualityFinding {
  /// `part` of `whole` as `4.1 %`; rounded, but never to 0 or 100 what is neither.
  static func share(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "0 %" }
    var tenths = (part * 1_000 + whole / 2) / whole
    if part > 0 { tenths = max(1, tenths) }
    if part < whole { tenths = min(999, tenths) }
    return tenths.isMultiple(of: 10) ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }
}
