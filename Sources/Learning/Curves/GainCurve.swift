/// Which share of all positives stands among the riskiest share of the rows: the cumulative gain curve.
///
/// Rows of equal probability share the places between them, so the curve is straight across a tie and does not
/// depend on the order of rows. Lift at a share is gain over share.
package struct GainCurve: Sendable, Hashable {
  /// One point of the curve.
  package struct Point: Sendable, Hashable {
    /// Of the rows, the riskiest first; 0 … 1.
    package let share: Double
    /// Of the positives; 0 … 1.
    package let gain: Double

    /// How many times as many positives as among rows at random; 1 at share 0.
    package var lift: Double { share > 0 ? gain / share : 1 }
  }

  /// By share, ascending, from 0 to 1; empty without a positive.
  package let points: [Point]

  /// - Parameters:
  ///   - probabilities: one for each row.
  ///   - labels: 0 or 1, one for each row.
  ///   - steps: how many parts of equal size the rows are in, at least 1.
  package init(probabilities: [Double], labels: [Double], steps: Int = 20) {
    precondition(probabilities.count == labels.count, "Learning: a probability for each label")
    let (count, positives) = (Double(labels.count), labels.reduce(0, +))
    guard positives > 0 else {
      points = []
      return
    }
    let ties = Array(TiedScores.ascending(probabilities, labels).reversed())
    var points: [Point] = []
    var tie = 0
    // What stands before the tie: rows, and positives among them.
    var (rows, found) = (0.0, 0.0)
    for step in 0...steps {
      let places = count * Double(step) / Double(steps)
      while tie < ties.count, rows + ties[tie].positives + ties[tie].negatives <= places {
        rows += ties[tie].positives + ties[tie].negatives
        found += ties[tie].positives
        tie += 1
      }
      var gain = found
      if tie < ties.count {
        gain +=
          ties[tie].positives * (places - rows) / (ties[tie].positives + ties[tie].negatives)
      }
      points.append(Point(share: Double(step) / Double(steps), gain: gain / positives))
    }
    self.points = points
  }
}
