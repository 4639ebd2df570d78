import CommandLineKit

/// What learners of trees are compared in.
enum TreeTask: String, CaseIterable, ParsableValue {
  /// 100 trees of 31 leaves on all training rows, from numbers to a model.
  case training
  /// Such a model over the rows to be scored.
  case scoring
  /// The contributions of all columns for some of these rows.
  case attributions

  /// Rows that scoring and attributions learn from; learning is not timed there.
  static let rowsOfModel = 100_000

  /// Rows whose contributions are asked for.
  static let explainedRows = 20_000

  static let trees = 100
  static let leaves = 31
}

/// A library that learns trees; a Python script in `Training/peers` calls it.
struct TreePeer {
  var name: String
  /// Its settings that are measured, by task; the fastest counts.
  var settings: [TreeTask: [String]]

  static let lightGBM = TreePeer(
    name: "LightGBM",
    settings: [
      .training: ["force_row_wise", "force_col_wise"], .scoring: ["predict"],
      .attributions: ["pred_contrib"],
    ])

  static let xgBoost = TreePeer(
    name: "XGBoost",
    settings: [
      .training: ["hist"], .scoring: ["inplace_predict"], .attributions: ["pred_contribs"],
    ])

  /// LightGBM's trees, compiled.
  static let lleaves = TreePeer(name: "lleaves", settings: [.scoring: ["compiled"]])

  static let catBoost = TreePeer(name: "CatBoost", settings: [.training: ["Lossguide"]])
}
