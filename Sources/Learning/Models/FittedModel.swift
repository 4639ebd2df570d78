/// A model that is used: raw rows in, log-odds out, and what each raw column has to do with them.
///
///     blend: log-odds, bias and contributions are the means of those of the two
package enum FittedModel: Sendable, Equatable {
  case logistic(LogisticModel)
  case boosting(BoostedBag)
  case blend(LogisticModel, BoostedBag)

  /// The linear part, if there is one.
  package var logistic: LogisticModel? {
    switch self {
    case .logistic(let model), .blend(let model, _): model
    case .boosting: nil
    }
  }

  /// The boosted part, if there is one.
  package var boosting: BoostedBag? {
    switch self {
    case .logistic: nil
    case .boosting(let bag), .blend(_, let bag): bag
    }
  }

  /// Names of the raw columns, in the order that a dataset must have them.
  package var columnNames: [String] {
    logistic?.preparation.columnNames ?? boosting?.models.first?.encoder.columnNames ?? []
  }

  /// The log-odds of the average training row: where contributions start from.
  package var bias: Double {
    switch self {
    case .logistic(let model): model.intercept
    case .boosting(let bag): bag.expectedLogOdds
    case .blend(let model, let bag): (model.intercept + bag.expectedLogOdds) / 2
    }
  }

  /// The log-odds of all rows, or of some in the order given.
  package func logOdds(_ dataset: Dataset, rows: [Int]? = nil) -> [Double] {
    switch self {
    case .logistic(let model): model.logOdds(dataset, rows: rows)
    case .boosting(let bag): bag.logOdds(dataset, rows: rows)
    case .blend(let model, let bag):
      Self.mean(model.logOdds(dataset, rows: rows), bag.logOdds(dataset, rows: rows))
    }
  }

  /// The contribution of every raw column to the log-odds of some rows.
  ///
  /// - Returns: (rows, raw columns); with the bias they add up to the log-odds, to 1e-9·(1 + |log-odds|).
  package func contributions(_ dataset: Dataset, rows: [Int]? = nil) -> Matrix {
    switch self {
    case .logistic(let model): return model.contributions(dataset, rows: rows)
    case .boosting(let bag): return bag.contributions(dataset, rows: rows)
    case .blend(let model, let bag):
      let (linear, boosted) = (
        model.contributions(dataset, rows: rows), bag.contributions(dataset, rows: rows)
      )
      return Matrix(
        rowCount: linear.rowCount, columnCount: linear.columnCount,
        values: Self.mean(linear.values, boosted.values))
    }
  }

  /// The mean of two columns of numbers, element by element.
  package static func mean(_ one: [Double], _ other: [Double]) -> [Double] {
    zip(one, other).map { ($0 + $1) / 2 }
  }
}
