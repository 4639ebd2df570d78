internal import ForkJoin

extension TreeGrower {
  /// Work below this is not worth waking another thread.
  private static let serialWork = 20_000

  /// The best split of each leaf, tiles at the same time.
  ///
  /// - Parameters:
  ///   - leaves: With their histograms, or to be made by `prepare`.
  ///   - allowed: Per feature, whether it may be split on.
  ///   - work: Rows that `prepare` reads.
  ///   - prepare: Called once for each tile before it is searched.
  /// - Returns: One per leaf.
  func search(
    _ leaves: [GrowingNode], allowed: [Bool], work: Int = 0,
    prepare: @Sendable (_ tile: Int) -> Void = { _ in }
  ) -> [SplitCandidate?] {
    var ofTile = [[SplitCandidate?]](repeating: [], count: table.tiles.count)
    @Sendable func body(_ tile: Int) -> [SplitCandidate?] {
      prepare(tile)
      return leaves.map { best($0, tile: tile, allowed: allowed) }
    }
    if isSerial(work: work) {
      for tile in ofTile.indices { ofTile[tile] = body(tile) }
    } else {
      ofTile = concurrentMap(count: table.tiles.count, body)
    }
    return leaves.indices.map { leaf in
      ofTile.reduce(nil) { SplitCandidate.better($0, $1[leaf]) }
    }
  }

  private func best(_ leaf: GrowingNode, tile: Int, allowed: [Bool]) -> SplitCandidate? {
    guard let slot = leaf.slot else { return nil }
    var best: SplitCandidate?
    for feature in table.features(ofTile: tile) where allowed[feature] {
      let isCategorical =
        switch table.mappers[feature] {
        case .numeric: false
        case .categorical: true
        }
      let candidate = histograms.withBins(feature: feature, slot: slot) { bins in
        splitter.best(
          bins, total: leaf.sums, feature: feature, isCategorical: isCategorical,
          conditions: leaf.conditions)
      }
      best = SplitCandidate.better(best, candidate)
    }
    return best
  }

  func forTiles(work: Int, _ body: @Sendable (_ tile: Int) -> Void) {
    if isSerial(work: work) {
      for tile in 0..<table.tiles.count { body(tile) }
    } else {
      withConcurrentChunks(count: table.tiles.count, body)
    }
  }

  /// Whether threads would cost more than they save: additions and bins to read are few.
  private func isSerial(work: Int) -> Bool {
    work * table.tiles.count + 2 * histograms.offsets[histograms.offsets.count - 1]
      < Self.serialWork
  }
}
