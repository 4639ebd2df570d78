/// Neighbouring leaves of a tree whose contributions are looked up together.
///
///     bits      one per feature on the way to their common node: are all answers about it right?
///               one per node below: does the row go left?
///     table     for each of the 2^bits patterns, what every raw column contributes in all these leaves
///
/// Rows that answer alike share the sum, so a row costs a lookup per group and not a game per leaf.
struct AttributionGroup: Sendable {
  /// Leaves are joined while this many bits suffice: tables of 256 lines.
  static let joinedBits = 8

  /// A single leaf may have this many before its game is played row by row.
  static let tableBits = 12

  /// Per bit the answers that all must be given for it to be set.
  var bits: [[LeafGame.Answer]]

  /// Raw columns of a line of the table.
  var columns: [Int]

  /// (2^bits, columns); empty when the game is played row by row.
  var table: [Double]

  /// Set for a leaf whose game is played row by row: bit i is player i, columns are per player.
  var game: LeafGame?

  /// The groups of a tree, from left to right.
  ///
  /// - Parameters:
  ///   - tree: At least one leaf.
  ///   - rawColumns: Of each feature.
  /// - Returns: None for a tree of one leaf, which contributes nothing.
  static func groups(_ tree: Tree, rawColumns: [Int]) -> [AttributionGroup] {
    guard tree.nodeCount > 0 else { return [] }
    var below = [Int](repeating: 0, count: tree.nodeCount)
    for node in (0..<tree.nodeCount).reversed() {
      below[node] =
        1
        + [tree.leftChild[node], tree.rightChild[node]].reduce(0) {
          $0 + ($1 >= 0 ? below[$1] : 0)
        }
    }
    var groups: [AttributionGroup] = []
    func visit(_ child: Int, _ players: [LeafGame.Player]) {
      if child < 0 || players.count + below[child] <= joinedBits {
        groups.append(
          AttributionGroup(tree, child, players, rawColumns: rawColumns))
        return
      }
      visit(
        tree.leftChild[child], LeafGame.adding(child, isLeft: true, tree, to: players))
      visit(
        tree.rightChild[child], LeafGame.adding(child, isLeft: false, tree, to: players))
    }
    visit(0, [])
    return groups
  }

  private init(
    _ tree: Tree, _ root: Int, _ players: [LeafGame.Player], rawColumns: [Int]
  ) {
    var bits = players.map(\.answers)
    var bitOfNode: [Int: Int] = [:]
    var leaves: [LeafGame] = []
    func visit(_ child: Int, _ players: [LeafGame.Player]) {
      guard child >= 0 else {
        leaves.append(LeafGame(value: tree.values[~child], players: players))
        return
      }
      bitOfNode[child] = bits.count
      bits.append([LeafGame.Answer(node: child, isLeft: true)])
      visit(
        tree.leftChild[child], LeafGame.adding(child, isLeft: true, tree, to: players))
      visit(
        tree.rightChild[child], LeafGame.adding(child, isLeft: false, tree, to: players))
    }
    visit(root, players)
    self.bits = bits
    if bits.count > Self.tableBits {
      game = leaves.first
      columns = players.map { rawColumns[$0.feature] }
      table = []
      return
    }
    columns = Set(leaves.flatMap { $0.players.map { rawColumns[$0.feature] } }).sorted()
    table = [Double](repeating: 0, count: columns.count << bits.count)
    for leaf in leaves {
      add(leaf, pathCount: players.count, bitOfNode, rawColumns: rawColumns)
    }
  }

  /// Adds what one leaf contributes to every line of the table.
  private mutating func add(
    _ leaf: LeafGame, pathCount: Int, _ bitOfNode: [Int: Int], rawColumns: [Int]
  ) {
    let count = leaf.players.count
    let place = leaf.players.map { columns.firstIndex(of: rawColumns[$0.feature]) ?? 0 }
    var masks = [Int](repeating: 0, count: count)
    var wanted = [Int](repeating: 0, count: count)
    for (player, game) in leaf.players.enumerated() {
      if player < pathCount {
        masks[player] |= 1 << player
        wanted[player] |= 1 << player
      }
      for answer in game.answers {
        guard let bit = bitOfNode[answer.node] else { continue }
        masks[player] |= 1 << bit
        if answer.isLeft { wanted[player] |= 1 << bit }
      }
    }
    let shares = leaf.players.map(\.share)
    let ofPattern = ShapleyTable.values(value: leaf.value, shares: shares)
    for line in 0..<1 << bits.count {
      var pattern = 0
      for player in 0..<count where line & masks[player] == wanted[player] {
        pattern |= 1 << player
      }
      for player in 0..<count {
        table[line * columns.count + place[player]] += ofPattern[pattern * count + player]
      }
    }
  }
}
