internal import ForkJoin

/// Makes pieces on all threads and hands them on in their order.
///
/// Pieces are of `size` items whatever the number of threads, so the bytes do not depend on it; a few
/// are made ahead, so memory does not grow with the number of items.
///
/// - Parameters:
///   - count: items, ≥ 0.
///   - size: items of a piece, > 0.
///   - make: a piece of a range of items; on any thread.
///   - take: called on this thread with each piece in order.
/// - Throws: what `take` throws.
func inOrder<Piece: Sendable>(
  count: Int, size: Int, make: @Sendable (Range<Int>) -> Piece, take: (Piece) throws -> Void
) throws {
  let pieces = (count + size - 1) / size
  // One thread hands on what all have made.
  let ahead = 8
  var first = 0
  while first < pieces {
    let batch = first..<min(pieces, first + ahead)
    let made = concurrentMap(count: batch.count) { index in
      let start = (batch.lowerBound + index) * size
      return make(start..<min(count, start + size))
    }
    for piece in made { try take(piece) }
    first = batch.upperBound
  }
}
