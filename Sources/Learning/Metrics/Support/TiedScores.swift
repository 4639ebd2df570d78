/// Rows of one score: how many of each label.
struct TiedScores: Equatable {
  var positives: Double
  var negatives: Double

  /// The different scores in ascending order, each with its labels counted; O(n log n).
  static func ascending(_ scores: [Double], _ labels: [Double]) -> [TiedScores] {
    // Pairs are sorted rather than indices, which keeps the comparison in the cache.
    let pairs = zip(scores, labels).map { (score: $0, label: $1) }.sorted { $0.score < $1.score }
    var ties: [TiedScores] = []
    var last = Double.nan
    for pair in pairs {
      if pair.score != last { ties.append(TiedScores(positives: 0, negatives: 0)) }
      last = pair.score
      ties[ties.count - 1].positives += pair.label
      ties[ties.count - 1].negatives += 1 - pair.label
    }
    return ties
  }
}
