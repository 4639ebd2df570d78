/// A partition of 0 ..< count into sets that can be joined.
///
/// Each set is a tree of parents; its root, always its smallest member, represents it. Paths are
/// halved on the way up. Source: Tarjan & van Leeuwen 1984, https://doi.org/10.1145/62.2160
struct DisjointSets: Sendable {
  private var parent: [Int]

  /// `count` sets of one member each.
  init(count: Int) { parent = Array(0..<count) }

  /// The smallest member of the set that holds `member`.
  mutating func representative(of member: Int) -> Int {
    var member = member
    while parent[member] != member {
      parent[member] = parent[parent[member]]
      member = parent[member]
    }
    return member
  }

  /// Makes one set of the two that hold `left` and `right`.
  mutating func join(_ left: Int, _ right: Int) {
    let (left, right) = (representative(of: left), representative(of: right))
    parent[max(left, right)] = min(left, right)
  }

  /// Number of members of the largest set; 0 when there are none.
  var largestCount: Int {
    var sets = self
    var counts: [Int: Int] = [:]
    for member in parent.indices { counts[sets.representative(of: member), default: 0] += 1 }
    return counts.values.max() ?? 0
  }
}
