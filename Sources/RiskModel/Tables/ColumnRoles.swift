/// What the columns of a table are for; a column without a role is a feature.
package struct ColumnRoles: Sendable, Hashable {
  /// The column to predict.
  package var label: String
  /// The label's value that counts as 1; nil: 1, true, yes or y.
  package var positive: String?
  /// The column of folds; nil: the program makes five.
  package var fold: String?
  /// Rows of one group are not independent, and stay together.
  package var group: String?
  /// When a row was: nothing is chosen by what came later.
  package var time: String?
  /// Columns that are not looked at.
  package var ignored: [String] = []
  /// Features whose numbers are names: area codes, product numbers.
  package var categorical: [String] = []

  package init(label: String) { self.label = label }

  /// Each role that names a column, with the option that gives it.
  var named: [(option: String, column: String)] {
    let single = [("--fold-column", fold), ("--group", group), ("--time", time)]
    return [(option: "--label", column: label)]
      + single.compactMap { option, column in column.map { (option: option, column: $0) } }
      + ignored.map { (option: "--ignore", column: $0) }
      + categorical.map { (option: "--categorical", column: $0) }
  }

  /// A column that has two roles, with the options that give them; nil when there is none.
  package var contradiction: (column: String, first: String, second: String)? {
    var optionOfColumn: [String: String] = [:]
    for (option, column) in named {
      if let earlier = optionOfColumn.updateValue(option, forKey: column), earlier != option {
        return (column, earlier, option)
      }
    }
    return nil
  }
}
