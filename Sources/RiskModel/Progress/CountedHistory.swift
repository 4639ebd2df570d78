internal import History

/// A history that says how far each reading of it is.
///
/// How many customers there are is known once all were read: the first reading counts them, the later
/// ones are shares.
final class CountedHistory<Base: HistorySource>: HistorySource {
  private let base: Base
  private let progress: (_ done: Int, _ total: Int?) -> Void
  private var total: Int?

  /// - Parameters:
  ///   - base: what is read.
  ///   - progress: called after each batch with the customers read so far, and all of them where that
  ///     is known.
  init(_ base: Base, _ progress: @escaping (_ done: Int, _ total: Int?) -> Void) {
    self.base = base
    self.progress = progress
  }

  var sources: [Source] { base.sources }
  var meters: [Meter] { base.meters }
  var exclusions: [Exclusion] { base.exclusions }
  var surroundings: Surroundings { get throws { try base.surroundings } }

  func forEachCustomerBatch(size: Int, _ body: ([CustomerHistory]) throws -> Void) throws {
    var done = 0
    try base.forEachCustomerBatch(size: size) { customers in
      try body(customers)
      done += customers.count
      progress(done, total)
    }
    total = done
  }
}
