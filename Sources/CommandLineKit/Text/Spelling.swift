/// The candidate a misspelt word was probably meant to be; nil when none is close.
///
/// Close means at most a third of the longer word changed, or the word being the beginning of the
/// candidate, because abbreviations are not accepted. Equal distances keep the declared order.
public func nearest(to word: String, among candidates: [String]) -> String? {
  func stem(_ text: String) -> String { String(text.lowercased().drop { $0 == "-" }) }
  let misspelt = stem(word)
  guard !misspelt.isEmpty else { return nil }
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    let length = max(stem(candidate).count, misspelt.count)
    var distance = editDistance(misspelt, stem(candidate))
    if misspelt.count >= 2, stem(candidate).hasPrefix(misspelt) { distance = min(distance, 1) }
    guard distance <= max(1, length / 3), distance < best?.distance ?? Int.max else { continue }
    best = (candidate, distance)
  }
  return best?.candidate
}

/// How many insertions, deletions, substitutions and swaps of neighbours turn one word into another.
///
/// The optimal string alignment distance: d[i][j] is the distance of the first i and j letters, and
/// a swap, the commonest slip of typists, costs 1 and not 2.
///
/// - Complexity: O(a · b) time, three rows of memory.
///   Source: Damerau 1964, "A technique for computer detection and correction of spelling errors",
///   https://doi.org/10.1145/363958.363994
func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a)
  let b = Array(b)
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      let substitution = previous[j] + (a[i] == b[j] ? 0 : 1)
      var distance = min(row[j] + 1, previous[j + 1] + 1, substitution)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        distance = min(distance, beforePrevious[j - 1] + 1)
      }
      row.append(distance)
    }
    beforePrevious = previous
    previous = row
  }
  return previous[b.count]
}
