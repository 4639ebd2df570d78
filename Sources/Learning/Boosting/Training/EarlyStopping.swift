/// Watches the validated log-loss round by round.
struct EarlyStopping: Sendable {
  /// Rounds without a better loss after which growing ends; nil: never.
  let patience: Int?

  /// Mean losses with no tree, one, two and so on.
  private(set) var losses: [Double] = []

  /// How many trees had the least loss; the first when several had.
  private(set) var bestRound = 0

  init(patience: Int?) { self.patience = patience }

  /// Adds the loss after one more tree.
  mutating func add(_ loss: Double) {
    if losses.isEmpty || loss < losses[bestRound] { bestRound = losses.count }
    losses.append(loss)
  }

  /// Whether it has not got better for too long.
  var isOver: Bool { patience.map { losses.count - 1 - bestRound >= $0 } ?? false }
}
