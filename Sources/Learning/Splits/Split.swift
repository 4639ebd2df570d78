/// One round of validation: rows to learn from and rows to judge on.
///
/// The words are rsample's: *analysis* rows train, *assessment* rows judge.
package struct Split: Sendable, Equatable {
  /// Row numbers to learn from, ascending.
  package var analysis: [Int]

  /// Row numbers to judge on, ascending; disjoint from `analysis`.
  package var assessment: [Int]

  /// First time of the assessment rows when the split is forward in time; nil for folds.
  package var origin: Int32?

  package init(analysis: [Int], assessment: [Int], origin: Int32? = nil) {
    self.analysis = analysis
    self.assessment = assessment
    self.origin = origin
  }

  /// Whether there is a row of each label to learn from.
  func hasBothLabels(_ labels: [Double]) -> Bool {
    let ones = analysis.count { labels[$0] == 1 }
    return ones > 0 && ones < analysis.count
  }
}
