/// Writes the design columns of one raw column into a block of design rows.
struct ColumnEncoder: Sendable {
  private enum Source: Sendable {
    case numeric([Double], NumericTransform)
    /// For code c, `position[c + 1]` is the index into `terms` of its column, or -1 for none.
    case categorical([Int32], position: [Int])
  }

  private struct Term: Sendable {
    let designColumn: Int
    let term: DesignColumn.Term
    let knot: Double
    let mean: Double
    let deviation: Double
  }

  private let source: Source
  private let terms: [Term]

  /// - Parameters:
  ///   - column: Of the kind that was fitted.
  ///   - name: Of the column, for the message.
  ///   - transform: Nil for categories.
  ///   - terms: The design columns to write.
  ///   - absorbed: Categories of this column that an earlier column stands for.
  init(
    column: Column, name: String, transform: NumericTransform?,
    terms: [(designColumn: Int, column: DesignColumn)], absorbed: [AbsorbedCategory]
  ) {
    self.terms = terms.map {
      Term(
        designColumn: $0.designColumn, term: $0.column.term, knot: $0.column.knot ?? 0,
        mean: $0.column.mean, deviation: $0.column.deviation)
    }
    switch (column, transform) {
    case (.numeric(let values), .some(let transform)):
      source = .numeric(values, transform)
    case (.categorical(let codes, let levels), .none):
      let pool = terms.firstIndex { $0.column.term == .pool } ?? -1
      // By category; nil is the unknown one.
      var positions: [String?: Int] = [:]
      for category in absorbed { positions[category.level] = -1 }
      for (index, term) in terms.enumerated() {
        switch term.column.term {
        case .level, .unknown: positions[term.column.level] = index
        default: break
        }
      }
      source = .categorical(
        codes, position: ([nil] + levels).map { positions[$0] ?? pool })
    default:
      preconditionFailure("Learning: column '\(name)' is not of the kind that was fitted")
    }
  }

  /// Fills the columns of this raw column.
  ///
  /// - Parameters:
  ///   - rows: Row numbers of the dataset.
  ///   - width: Columns of the design matrix.
  ///   - elements: (rows.count, width), row after row.
  func encode(_ rows: Span<Int>, width: Int, into elements: inout MutableSpan<Double>) {
    switch source {
    case .numeric(let values, let transform):
      for index in rows.indices {
        let raw = values[rows[index]]
        let x = transform(raw)
        for term in terms {
          let unscaled: Double =
            switch term.term {
            case .hinge: max(x - term.knot, 0)
            case .missing: raw.isNaN ? 1 : 0
            default: x
            }
          elements[index * width + term.designColumn] = (unscaled - term.mean) / term.deviation
        }
      }
    case .categorical(let codes, let position):
      for index in rows.indices {
        let active = position[Int(codes[rows[index]]) + 1]
        for (number, term) in terms.enumerated() {
          let unscaled: Double = number == active ? 1 : 0
          elements[index * width + term.designColumn] = (unscaled - term.mean) / term.deviation
        }
      }
    }
  }
}
