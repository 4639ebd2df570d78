package import Learning

/// A table of a user's own, ready to learn from: any features, a label of two values.
///
///     column          becomes
///     label           labels 0 and 1
///     fold            folds; without one, `folds(seed:)` makes five
///     group, time     groups and times, no features
///     ignored         nothing
///     all others      features, numeric or categorical by their content (`FeatureColumn`)
///
/// Rows are numbered from 0 in the order of the file. Rows of fold −2 are never used, and need no
/// label.
package struct LabelledTable: Sendable {
  /// The features, labels, groups and times; the label of a row that is never used is 0.
  package let dataset: Dataset

  /// What a person should know about the columns, in their order, and about the folds.
  package let notes: [TableNote]

  /// Whether the folds that are dealt keep exact duplicates together; nil when the table has folds.
  package let keepsDuplicates: Bool?

  private let path: String
  private let givenFolds: [Int32]?

  /// Reads a delimited file, plain or gzipped; "-" is standard input.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - roles: what its columns are for.
  /// - Throws: `TableError` with line and column when the table cannot be learned from.
  package init(contentsOf path: String, roles: ColumnRoles) throws(TableError) {
    try self.init(TextTable(contentsOf: path), roles: roles)
  }

  init(_ table: TextTable, roles: ColumnRoles) throws(TableError) {
    var hasRole = [Bool](repeating: false, count: table.names.count)
    for (option, name) in roles.named {
      let column = try table.column(named: name, option: option)
      if option != "--categorical" { hasRole[column] = true }
    }
    func column(_ name: String, _ option: String) throws(TableError) -> Int {
      try table.column(named: name, option: option)
    }
    var notes: [TableNote] = []
    var folds: [Int32]?
    var groups: [Int32]?
    var times: [Int32]?
    if let name = roles.fold {
      folds = try FoldColumn(table, column(name, "--fold-column")).folds
    }
    let usedRows = (0..<table.rowCount).filter { (folds?[$0] ?? 0) >= -1 }
    let labels = try LabelColumn(
      table, column(roles.label, "--label"), positive: roles.positive, usedRows: usedRows
    ).labels
    if let name = roles.group { groups = try GroupColumn(table, column(name, "--group")).groups }
    if let name = roles.time {
      let column = try TimeColumn(table, column(name, "--time"))
      times = column.times
      if let note = column.note { notes.append(note) }
    }
    let featureIndices = table.names.indices.filter { !hasRole[$0] }
    try Self.checkCounts(table, features: featureIndices.count, rows: usedRows.count)
    var features: [Column] = []
    for index in featureIndices {
      let feature = try FeatureColumn(
        table, index, isCategorical: roles.categorical.contains(table.names[index]))
      features.append(feature.column)
      if let note = feature.note { notes.append(note) }
    }
    guard features.contains(where: { $0.differs(among: usedRows) }) else {
      throw TableError(path: table.path, .features(.allConstant(columns: features.count)))
    }
    dataset = Dataset(
      columnNames: featureIndices.map { table.names[$0] }, columns: features, labels: labels,
      groups: groups, times: times, rowCount: table.rowCount)
    keepsDuplicates =
      folds == nil ? CrossValidation.stratifiedFoldsKeepDuplicates(dataset) : nil
    if keepsDuplicates == false { notes.append(.duplicatesInSeveralFolds) }
    self.notes = notes
    path = table.path
    givenFolds = folds
  }

  /// The folds of the table, or five stratified ones that keep groups and exact duplicates together.
  ///
  /// - Parameter seed: decides among equal choices where there is no fold column.
  /// - Returns: one per row, ≥ −2; what each fold from 0 leaves to train on has both labels and,
  ///   with groups, more than one of them.
  /// - Throws: `TableError` when a fold leaves too little.
  package func folds(seed: UInt64) throws(TableError) -> [Int32] {
    let folds = givenFolds ?? CrossValidation.stratifiedFolds(dataset, seed: seed)
    let numbers = Set(folds.filter { $0 >= 0 }).sorted()
    guard givenFolds != nil || numbers.count > 1 else {
      throw TableError(path: path, .rows(.tooFewToSplit(rows: dataset.rowCount)))
    }
    for fold in numbers {
      let rows = folds.indices.filter { folds[$0] >= -1 && folds[$0] != fold }
      try checkTraining(rows, fold: fold)
    }
    return folds
  }

  /// Refuses trees that were asked for by name and that some fold leaves too many rows for.
  ///
  /// - Parameters:
  ///   - request: who was asked for.
  ///   - folds: one per row, from `folds(seed:)`.
  ///   - obstacle: what stands in the way of so many training rows.
  /// - Throws: `TableError` for the first such fold.
  package func check(
    _ request: LearnerSelection.Request, folds: [Int32],
    obstacle: (_ rows: Int) -> BoostingObstacle? = { BoostingObstacle(rows: $0) }
  ) throws(TableError) {
    guard request == .boosting else { return }
    for fold in Set(folds.filter { $0 >= 0 }).sorted() {
      if let obstacle = obstacle(folds.count { $0 >= -1 && $0 != fold }) {
        throw TableError(path: path, .rows(.cannotBoost(fold: fold, obstacle)))
      }
    }
  }

  /// What a learner needs: both labels, and groups to tell apart what is common to all of them.
  private func checkTraining(_ rows: [Int], fold: Int32) throws(TableError) {
    let ones = rows.count { dataset.knownLabels[$0] == 1 }
    guard ones > 0, ones < rows.count else {
      throw TableError(path: path, .rows(.oneClassToTrainOn(fold: fold, rows: rows.count)))
    }
    guard let groups = dataset.groups, let first = rows.first else { return }
    guard rows.contains(where: { groups[$0] != groups[first] }) else {
      throw TableError(path: path, .rows(.oneGroupToTrainOn(fold: fold, rows: rows.count)))
    }
  }

  private static func checkCounts(
    _ table: TextTable, features: Int, rows: Int
  ) throws(TableError) {
    guard features > 0 else { throw TableError(path: table.path, .features(.none)) }
    guard features <= rows else {
      throw TableError(
        path: table.path, .features(.moreThanRows(columns: features, rows: rows)))
    }
  }
}
