/// One column of the design matrix: which raw column it comes from, how, and its scale.
package struct DesignColumn: Sendable, Equatable, Codable {
  /// How the column is made from its raw column.
  package enum Term: String, Sendable, Codable, CaseIterable {
    /// The transformed number x.
    case value
    /// (x − knot)₊, so that the slope may change at the knot.
    case hinge
    /// 1 where the number is unknown.
    case missing
    /// 1 where the category is `level`.
    case level
    /// 1 where the category is rare or was never seen in training.
    case pool
    /// 1 where the category is unknown.
    case unknown
  }

  /// Number of the raw column.
  package var rawColumn: Int

  /// How the column is made.
  package var term: Term

  /// Where a hinge bends, on the transformed scale; nil for other terms.
  package var knot: Double?

  /// The category of a level; nil for other terms.
  package var level: String?

  /// Mean over the training rows, subtracted.
  package var mean: Double

  /// Standard deviation over the training rows (divisor n), divided by; > 0.
  package var deviation: Double

  package init(
    rawColumn: Int, term: Term, knot: Double? = nil, level: String? = nil, mean: Double = 0,
    deviation: Double = 1
  ) {
    self.rawColumn = rawColumn
    self.term = term
    self.knot = knot
    self.level = level
    self.mean = mean
    self.deviation = deviation
  }

  /// The category whose rows it marks; nil for a number, and for the pool, which marks several.
  package var category: AbsorbedCategory? {
    term == .level || term == .unknown ? AbsorbedCategory(rawColumn: rawColumn, level: level) : nil
  }

  /// A name for messages: `tenure`, `tenure > 3.5`, `market = US`, `cost unknown`.
  package func name(ofRaw rawName: String) -> String {
    switch term {
    case .value: rawName
    case .hinge: "\(rawName) > \(knot ?? 0)"
    case .level: "\(rawName) = \(level ?? "")"
    case .pool: "\(rawName) other"
    case .missing, .unknown: "\(rawName) unknown"
    }
  }
}

/// A category whose own design column equals an earlier one, which stands for it.
///
/// Where it occurs all columns of its raw column are 0, those of the pool as well: it was frequent enough
/// to be told from the rare ones.
package struct AbsorbedCategory: Sendable, Hashable, Codable {
  /// Number of the raw column.
  package var rawColumn: Int

  /// Its name; nil is the unknown category.
  package var level: String?

  package init(rawColumn: Int, level: String?) {
    self.rawColumn = rawColumn
    self.level = level
  }
}

/// A column that carries nothing the model could use, and why.
package struct DroppedColumn: Sendable, Equatable, Codable {
  /// Why a column was left out.
  package enum Reason: String, Sendable, Codable {
    /// The raw column is unknown in all, or all but a few, training rows.
    case unknown
    /// Unknown of everyone at most times, so that being known tells the time.
    case knownAtFewTimes
    /// The same value in every training row.
    case constant
    /// Equal to an earlier column in every training row.
    case duplicate
    /// Fewer training rows than a level, pool or missing indicator needs.
    case rare
  }

  /// Name of the raw column or, as in `DesignColumn.name`, of one of its design columns.
  package var name: String

  /// Why.
  package var reason: Reason

  /// The earlier column that a duplicate equals; nil otherwise.
  package var duplicateOf: String?

  package init(name: String, reason: Reason, duplicateOf: String? = nil) {
    self.name = name
    self.reason = reason
    self.duplicateOf = duplicateOf
  }
}
