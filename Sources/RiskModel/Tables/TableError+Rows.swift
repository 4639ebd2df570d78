package import Learning

extension TableError {
  /// What can be wrong with folds, groups and times.
  package enum RowProblem: Sendable, Hashable {
    case invalidFold(column: String)
    case noFoldToPredict(column: String)
    /// Too few rows, or too alike, for folds of the program's own.
    case tooFewToSplit(rows: Int)
    case oneClassToTrainOn(fold: Int32, rows: Int)
    case oneGroupToTrainOn(fold: Int32, rows: Int)
    /// Trees were asked for by name, and the rows to train on do not allow them.
    case cannotBoost(fold: Int32, BoostingObstacle)
    /// A cell is empty in a column that `option` names.
    case missingValue(column: String, option: String)
  }
}

extension TableError.RowProblem {
  var words: TableError.Words {
    switch self {
    case .invalidFold(let column):
      .init(
        "the fold column \(quoted(column)) does not hold a fold here",
        expected: "a whole number: from 0 predicted in turn, -1 trains only, -2 is never used",
        remedy: "Correct the cell, or leave --fold-column out for five stratified folds.")
    case .noFoldToPredict(let column):
      .init(
        "no row of the fold column \(quoted(column)) has a fold from 0",
        expected: "rows to predict",
        remedy: "Correct the column, or leave --fold-column out for five stratified folds.")
    case .tooFewToSplit(let rows):
      .init(
        "\(counted(rows, "row")) cannot be split into folds",
        expected: "rows that differ from each other, with --group of several groups",
        remedy: "Add rows, or give the folds yourself with --fold-column.")
    case .oneClassToTrainOn(let fold, let rows):
      .init(
        "fold \(fold) leaves \(counted(rows, "row")) to train on, without both labels among them",
        expected: "rows of both labels outside every fold that is predicted",
        remedy: "Add rows, or put more of them into other folds or into -1, which trains only.")
    case .oneGroupToTrainOn(let fold, let rows):
      .init(
        "fold \(fold) leaves \(counted(rows, "row")) to train on, all of one group",
        expected: "rows of several groups outside every fold that is predicted",
        remedy: "Add rows, or put more of them into other folds or into -1, which trains only.")
    case .cannotBoost(let fold, let obstacle):
      .init(
        "boosted trees cannot be fitted without fold \(fold): \(obstacle)",
        expected: "rows of several groups, fewer than \(BoostingObstacle.rowLimit) of them",
        remedy: "Use --learner logistic, or auto, which then is the linear model and says so.")
    case .missingValue(let column, let option):
      .init(
        "column \(quoted(column)), which \(option) names, is empty here",
        expected: "a value in every row", remedy: "Fill it in, or leave \(option) out.")
    }
  }
}
