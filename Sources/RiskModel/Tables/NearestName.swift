/// The name that a misspelt one was probably meant to be; nil when none is close.
///
/// Close means: equal but for upper and lower case, or at most one letter or a third of the longer
/// name changed; names of one letter are never close. Equal distances keep the order given. Source: Levenshtein 1966, by Wagner & Fischer 1974,
/// https://doi.org/10.1145/321796.321811
package func nearestName(to name: String, among candidates: [String]) -> String? {
  let misspelt = Array(name.lowercased())
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    let letters = Array(candidate.lowercased())
    let distance = editDistance(misspelt, letters)
    let longer = max(misspelt.count, letters.count)
    let limit = longer > 1 ? max(1, longer / 3) : 0
    guard distance <= limit, distance < best?.distance ?? .max else { continue }
    best = (candidate, distance)
  }
  return best?.candidate
}

/// How many letters must be inserted, deleted or replaced to turn one word into another.
private func editDistance(_ first: [Character], _ second: [Character]) -> Int {
  var row = Array(0...second.count)
  for (i, letter) in first.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in second.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(above + 1, row[j] + 1, diagonal + (letter == other ? 0 : 1))
      diagonal = above
    }
  }
  return row[second.count]
}
