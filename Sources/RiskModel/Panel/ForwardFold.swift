internal import Features
package import History
internal import Learning

/// Which rows of a panel train, and which later ones judge.
///
/// ```
///   landmarks ──┬──┬──┬──┬──┬──┬──┬──┬──┬──┬──►
///   fold       -1 -1 -1 -1 -1 -2 -2  0  0  0
///                             │      └ origin: here the judged rows begin
///                             └ their outcome was not known yet on the origin: in neither part
/// ```
/// All rows of a landmark are in one part, so no customer is on both sides of one. A row trains when
/// its landmark lies horizon + grace + lag days before the origin or earlier. Rows that are equal in
/// every feature stay together: a training row with an exact twin among the judged ones goes to −2,
/// because it would reward memorizing. Where that would take more than half of the training rows
/// (idle subscriptions look alike), twins stay, and `keepsTwins` says so.
package struct ForwardFold: Sendable, Hashable {
  /// −1 trains only, 0 is judged, −2 is in neither part; one per row.
  package let folds: [Int32]
  /// The first landmark of the judged rows; nil where no day leaves both parts lost and kept rows:
  /// then every row is −1.
  package let origin: CalendarDay?
  /// Training rows set aside for their twins.
  package let twins: Int
  package let keepsTwins: Bool

  /// Splits the rows of a table.
  ///
  /// - Parameters:
  ///   - table: labelled rows.
  ///   - embargoDays: horizon + grace + lag, ≥ 1.
  ///   - requested: the origin; nil = the day that leaves nearest to three training rows for a judged
  ///     one.
  init(_ table: FeatureTable, embargoDays: Int, origin requested: CalendarDay?) {
    let landmarks = Set(table.rows.map(\.landmark)).sorted()
    let choices = (requested.map { [$0] } ?? landmarks).compactMap {
      day -> (CalendarDay, Double)? in
      var training = (lost: 0, kept: 0)
      var judged = (lost: 0, kept: 0)
      for (row, label) in zip(table.rows, table.labels) {
        if row.landmark >= day {
          if label == 1 { judged.lost += 1 } else { judged.kept += 1 }
        } else if row.landmark + embargoDays <= day {
          if label == 1 { training.lost += 1 } else { training.kept += 1 }
        }
      }
      guard min(training.lost, training.kept, judged.lost, judged.kept) > 0 else { return nil }
      let share =
        Double(training.lost + training.kept)
        / Double(training.lost + training.kept + judged.lost + judged.kept)
      return (day, abs(share - 0.75))
    }
    guard let origin = choices.min(by: { ($0.1, $0.0) < ($1.1, $1.0) })?.0 else {
      folds = [Int32](repeating: -1, count: table.count)
      (self.origin, twins, keepsTwins) = (nil, 0, false)
      return
    }
    var folds: [Int32] = table.rows.map { row in
      row.landmark >= origin ? 0 : row.landmark + embargoDays <= origin ? -1 : -2
    }
    let training = folds.indices.filter { folds[$0] == -1 }
    let names = FeatureCatalog.descriptions.map(\.name)
    let haveTwin = DuplicateRows.haveTwin(
      FeatureDataset.make(table, features: names), rows: training,
      in: folds.indices.filter { folds[$0] == 0 })
    let count = haveTwin.count { $0 }
    keepsTwins = 2 * count > training.count
    twins = count
    if !keepsTwins {
      for (row, hasTwin) in zip(training, haveTwin) where hasTwin { folds[row] = -2 }
    }
    self.folds = folds
    self.origin = origin
  }
}
