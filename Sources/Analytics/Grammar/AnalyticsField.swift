/// A field of a resource: what a row has under a name.
package struct AnalyticsField: Sendable, Hashable {
  /// As Partner Center spells it.
  package var name: String
  package var type: FieldType
  /// What it says, without a full stop.
  package var meaning: String
  /// Whether rows can be grouped by it.
  package var isGroupable: Bool
  /// Whether a table for people shows it.
  package var isBrief: Bool
  /// What it tells that not every reader may know; nil: open to all.
  package var sensitivity: Sensitivity?

  /// A field of that name and type.
  package init(
    _ name: String, _ type: FieldType, _ meaning: String, isGroupable: Bool = true,
    isBrief: Bool = false, _ sensitivity: Sensitivity? = nil
  ) {
    self.name = name
    self.type = type
    self.meaning = meaning
    self.isGroupable = isGroupable
    self.isBrief = isBrief
    self.sensitivity = sensitivity
  }
}

/// What a grouped answer counts or sums in each group.
package struct Measure: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// Rows.
    case count
    /// Rows whose field is true, or the text.
    case countWhere(field: Int, is: FieldValue)
    /// The sum of a field; null where no row has a number.
    case sum(field: Int)
  }

  /// As Partner Center spells it.
  package var name: String
  /// What it says, without a full stop.
  package var meaning: String
  package var kind: Kind

  /// A measure of that name.
  package init(_ name: String, _ kind: Kind, _ meaning: String) {
    self.name = name
    self.kind = kind
    self.meaning = meaning
  }
  /// Its column in a grouped answer, as sensitive as what it sums or counts.
  func column(of fields: [AnalyticsField]) -> AnalyticsField {
    let sensitivity: Sensitivity? =
      switch kind {
      case .count: nil
      case .countWhere(let field, _), .sum(let field): fields[field].sensitivity
      }
    return AnalyticsField(name, .number, meaning, isGroupable: false, sensitivity)
  }
}
