/// What one leaf contributes to a row, as a game among the features asked on the way to it.
///
/// Of the features in a set S the row's own answers are taken, of the others the share of training rows
/// that answered as this path does:
///
///     v(S) = value · Π_{i ∈ S} oᵢ · Π_{i ∉ S} zᵢ       oᵢ: all answers about i lead to the leaf, 0 or 1
///                                                       zᵢ: product of cover(child) / cover(node)
///
/// A child of a node that no training row reached counts as cover 0: zᵢ = 0.
struct LeafGame: Sendable, Equatable {
  /// One answer on the way to the leaf.
  struct Answer: Sendable, Equatable {
    var node: Int
    var isLeft: Bool
  }

  /// A feature asked on the way, once or more.
  struct Player: Sendable, Equatable {
    var feature: Int
    var share: Double
    var answers: [Answer]
  }

  var value: Double
  var players: [Player]

  /// v(∅): the value times the share of training rows.
  var expected: Double { players.reduce(value) { $0 * $1.share } }

  /// The games of all leaves, from left to right.
  static func games(_ tree: Tree) -> [LeafGame] {
    var games: [LeafGame] = []
    func visit(_ child: Int, _ players: [Player]) {
      guard child >= 0 else {
        games.append(LeafGame(value: tree.values[~child], players: players))
        return
      }
      for isLeft in [true, false] {
        let next = isLeft ? tree.leftChild[child] : tree.rightChild[child]
        visit(next, Self.adding(child, isLeft: isLeft, tree, to: players))
      }
    }
    visit(tree.nodeCount > 0 ? 0 : -1, [])
    return games
  }

  /// The players after one more answer.
  static func adding(
    _ node: Int, isLeft: Bool, _ tree: Tree, to players: [Player]
  ) -> [Player] {
    let cover = tree.nodeCover[node]
    let next = isLeft ? tree.leftChild[node] : tree.rightChild[node]
    let share = cover > 0 ? tree.cover(next) / cover : 0
    var players = players
    let answer = Answer(node: node, isLeft: isLeft)
    if let known = players.firstIndex(where: { $0.feature == tree.feature[node] }) {
      players[known].share *= share
      players[known].answers.append(answer)
    } else {
      players.append(Player(feature: tree.feature[node], share: share, answers: [answer]))
    }
    return players
  }
}
