/// How raw columns become the design matrix of a linear model, learned from training rows only.
///
///     raw number ─ signed log1p (skew > 2) ─ clip 1…99 % ─ median for unknown ─┬─ value
///                                                                             ├─ (x − knot)₊ × 5
///                └────────────────────────────────────────────────────────────┴─ is unknown
///     raw category ─ one column per level of ≥ 20 rows ─ the rest pooled ─ unknown as a level
///     all of them ─ constants and duplicates dropped ─ (x − mean) / deviation
///
/// `fit` is the only function that sees training rows; `apply` cannot learn, so nothing leaks from
/// the rows that are judged. Everything it needs is in the fields, which are plain values.
///
/// Levels are matched by name. A level never seen in training counts as pooled; where there is no
/// pool, it is 0 in every level column. So is a level that an earlier column stands for.
package struct Preparation: Sendable, Equatable, Codable {
  /// Names of the raw columns, in the order `apply` expects.
  package var columnNames: [String]

  /// One per numeric raw column that is used, in column order.
  package var transforms: [NumericTransform]

  /// Columns of the design matrix, in order.
  package var designColumns: [DesignColumn]

  /// What was left out, in column order.
  package var dropped: [DroppedColumn]

  /// Categories that an earlier column stands for, in column order.
  package var absorbed: [AbsorbedCategory]

  package init(
    columnNames: [String], transforms: [NumericTransform] = [], designColumns: [DesignColumn] = [],
    dropped: [DroppedColumn] = [], absorbed: [AbsorbedCategory] = []
  ) {
    self.columnNames = columnNames
    self.transforms = transforms
    self.designColumns = designColumns
    self.dropped = dropped
    self.absorbed = absorbed
  }

  /// The standardized design matrix of some rows.
  ///
  /// - Parameters:
  ///   - dataset: Its columns have the names and kinds that were fitted.
  ///   - rows: Row numbers, in the order wanted.
  /// - Returns: (rows.count, designColumns.count).
  package func apply(_ dataset: Dataset, rows: [Int]) -> Matrix {
    precondition(
      dataset.columnNames == columnNames,
      "Learning: the dataset's columns are not the \(columnNames.count) that were fitted")
    let encoders = encoders(for: dataset)
    var design = Matrix(rowCount: rows.count, columnCount: designColumns.count)
    let width = designColumns.count
    design.fillRowBlocks(of: LogisticObjective.blockRows) { range, elements in
      for encoder in encoders {
        encoder.encode(rows.span.extracting(range), width: width, into: &elements)
      }
    }
    return design
  }

  /// One encoder per raw column that has design columns.
  private func encoders(for dataset: Dataset) -> [ColumnEncoder] {
    var columnsOfRaw: [Int: [Int]] = [:]
    for (index, column) in designColumns.enumerated() {
      columnsOfRaw[column.rawColumn, default: []].append(index)
    }
    return columnsOfRaw.sorted { $0.key < $1.key }.map { raw, positions in
      ColumnEncoder(
        column: dataset.columns[raw], name: columnNames[raw],
        transform: transforms.first { $0.rawColumn == raw },
        terms: positions.map { ($0, designColumns[$0]) },
        absorbed: absorbed.filter { $0.rawColumn == raw })
    }
  }
}
