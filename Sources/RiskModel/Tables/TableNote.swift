package import Learning

/// Something about a table that a person should know although it can be used.
package enum TableNote: Sendable, Hashable, CustomStringConvertible {
  /// Numbers in some rows, text in others: read as text.
  case numbersAsText(column: String, numbers: Int, texts: Int)
  /// Text that hardly ever repeats: a name or a number of the row, or a date.
  case nearlyAllDifferent(column: String, levels: Int)
  /// Neither numbers nor ISO days; only the order counts.
  case timesAsText(column: String)
  /// Numbers that are not whole or too large; only the order counts.
  case timesByOrder(column: String)
  /// Equal rows and groups tie most of the table together, so that folds tear equal rows apart.
  case duplicatesInSeveralFolds
  /// Trees would have been tried, and could not be.
  case linearOnly(fold: Int32, BoostingObstacle)

  package var description: String {
    switch self {
    case .numbersAsText(let column, let numbers, let texts):
      "Column \(quoted(column)) holds numbers in \(counted(numbers, "row")) and text in \(texts): "
        + "it is read as text. Empty the cells whose text means that the number is not known."
    case .nearlyAllDifferent(let column, let levels):
      "Column \(quoted(column)) holds \(levels) different texts, few of them twice: it says next to "
        + "nothing. Leave it out with --ignore, or turn dates into numbers."
    case .timesAsText(let column):
      "Column \(quoted(column)) holds neither only numbers nor only days as 2026-11-16: its times "
        + "are ordered as text, and distances between them are not known."
    case .timesByOrder(let column):
      "Column \(quoted(column)) holds numbers that are not whole or very large: its times are "
        + "ordered, but distances between them are not used."
    case .duplicatesInSeveralFolds:
      "More than half of the rows are tied together by equal features (and groups), so equal rows lie "
        + "in several folds and reward memorizing: trust the figures without twins."
    case .linearOnly(let fold, let obstacle):
      "Boosted trees were not tried for fold \(fold): \(obstacle). The linear model stands alone."
    }
  }
}
