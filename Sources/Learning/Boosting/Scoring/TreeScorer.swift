internal import ForkJoin

// Sums of many trees for many rows, without walking down any.
//
//     every leaf of a tree is one bit, from left to right; all are set
//     a node whose answer is "right" clears the bits of all leaves to its left below it
//     the lowest bit that is left is the leaf the row ends in
//
// All nodes of a tree are asked for sixteen rows at once: a comparison, and one "and" for each byte of
// bits that the node can clear, mostly one or two. Source: Lucchese et al. 2015, "QuickScorer",
// https://doi.org/10.1145/2766462.2767733; on vectors: Ye et al. 2018, "RapidScorer",
// https://doi.org/10.1145/3219819.3219857
//
// Limit: 5 instructions per node and 3 per byte cleared for 16 rows, and 3 loads per row and tree.

/// Trees compiled for scoring.
struct TreeScorer: Sendable {
  /// Rows that are scored together: their bytes stay in the first-level cache.
  static let tileRows = 128

  private static let chunkTiles = 8

  /// A node: its question, and which of `clears` it may do.
  private struct Node {
    var column: Int32
    var shift: UInt8
    var limit: UInt8
    var clearCount: UInt16
  }

  /// One byte of leaf bits, and which of them survive the answer "right".
  private struct Clear {
    var plane: UInt8
    var survivors: UInt8
  }

  private struct CompiledTree {
    var nodes: Range<Int>
    var firstClear: Int
    var firstValue: Int
    var planeCount: Int
  }

  private let tests: ForestTests
  private var trees: [CompiledTree] = []
  private var nodes: [Node] = []
  private var clears: [Clear] = []
  private var values: [Double] = []

  /// - Precondition: at most 256 leaves per tree.
  init(trees source: [Tree], featureCount: Int) {
    tests = ForestTests(source, featureCount: featureCount)
    for (number, tree) in source.enumerated() {
      precondition(tree.leafCount <= 256, "Learning: a tree has \(tree.leafCount) leaves")
      let compiled = CompiledTree(
        nodes: nodes.count..<nodes.count + tree.nodeCount, firstClear: clears.count,
        firstValue: values.count, planeCount: (tree.leafCount + 7) / 8)
      let leftLeaves = tree.leavesLeftOfNodes()
      for node in 0..<tree.nodeCount {
        let test = tests.tests[number][node]
        var clearCount: UInt16 = 0
        let leaves = leftLeaves[node]
        for plane in leaves.lowerBound / 8...(leaves.upperBound - 1) / 8 {
          var survivors: UInt8 = 0xFF
          for bit in 0..<8 where leaves.contains(plane * 8 + bit) { survivors &= ~(1 << bit) }
          clears.append(Clear(plane: UInt8(plane), survivors: survivors))
          clearCount += 1
        }
        nodes.append(
          Node(
            column: Int32(test.column), shift: test.shift, limit: test.limit,
            clearCount: clearCount))
      }
      values += tree.values
      // The bits behind the last leaf are never the lowest: no answer clears the last leaf.
      trees.append(compiled)
    }
  }

  /// The sum of the trees for some rows, tree after tree.
  ///
  /// - Parameters:
  ///   - features: As the trees were grown on.
  ///   - rows: Row numbers of the features.
  ///   - start: What the sums begin with.
  /// - Returns: One per row given.
  func sums(_ features: [FeatureColumn], rows: [Int], start: Double) -> [Double] {
    var sums = [Double](repeating: start, count: rows.count)
    let chunkRows = Self.tileRows * Self.chunkTiles
    withConcurrentChunks(of: &sums, stride: chunkRows) { chunk, slice in
      var bytes = [UInt8](repeating: 0, count: max(1, tests.columns.count) * Self.tileRows)
      var done = 0
      while done < slice.count {
        let count = min(Self.tileRows, slice.count - done)
        let first = chunk * chunkRows + done
        var target = bytes.mutableSpan
        let tile = rows.span.extracting(first..<first + count)
        for column in tests.columns.indices {
          tests.fill(
            column: column, features: features, rows: tile, bytes: &target,
            at: column * Self.tileRows)
        }
        add(bytes: bytes, to: &slice, range: done..<done + count)
        done += count
      }
    }
    return sums
  }

  /// Adds all trees for the rows of one tile.
  private func add(
    bytes: [UInt8], to sums: inout MutableSpan<Double>, range: Range<Int>
  ) {
    var padded = [Double](repeating: 0, count: Self.tileRows)
    for row in 0..<range.count { padded[row] = sums[range.lowerBound + row] }
    var planes = [UInt8](repeating: 0, count: 32 * Self.tileRows)
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe planes.withUnsafeMutableBufferPointer { planes in
        unsafe padded.withUnsafeMutableBufferPointer { padded in
          // SAFETY: `bytes` holds tileRows bytes per column, `planes` tileRows per plane, `padded`
          // tileRows numbers; all are whole groups of sixteen.
          let bytes = unsafe UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)
          let planes = unsafe UnsafeMutableRawPointer(planes.baseAddress.unsafelyUnwrapped)
          let padded = unsafe padded.baseAddress.unsafelyUnwrapped
          for tree in trees {
            unsafe clearBits(tree, bytes: bytes, planes: planes)
            unsafe addValues(tree, planes: planes, sums: padded)
          }
        }
      }
    }
    for row in 0..<range.count { sums[range.lowerBound + row] = padded[row] }
  }

  @unsafe private func clearBits(
    _ tree: CompiledTree, bytes: UnsafeRawPointer, planes: UnsafeMutableRawPointer
  ) {
    let groups = Self.tileRows / 16
    let all = SIMD16<UInt8>(repeating: 0xFF)
    for group in 0..<tree.planeCount * groups {
      unsafe planes.storeBytes(of: all, toByteOffset: group * 16, as: SIMD16<UInt8>.self)
    }
    let (nodes, clears) = (nodes.span, clears.span)
    var clear = tree.firstClear
    for number in tree.nodes {
      let node = nodes[number]
      let column = unsafe bytes + Int(node.column) * Self.tileRows
      let shift = SIMD16<UInt8>(repeating: node.shift)
      let limit = SIMD16<UInt8>(repeating: node.limit)
      let next = clear &+ Int(node.clearCount)
      while clear < next {
        let plane = unsafe planes + Int(clears[clear].plane) * Self.tileRows
        let survivors = SIMD16<UInt8>(repeating: clears[clear].survivors)
        var group = 0
        while group < groups {
          let x = unsafe column.loadUnaligned(fromByteOffset: group &* 16, as: SIMD16<UInt8>.self)
          let kept = survivors.replacing(with: all, where: (x &- shift) .<= limit)
          let bits = unsafe plane.loadUnaligned(
            fromByteOffset: group &* 16, as: SIMD16<UInt8>.self)
          unsafe plane.storeBytes(
            of: bits & kept, toByteOffset: group &* 16, as: SIMD16<UInt8>.self)
          group &+= 1
        }
        clear &+= 1
      }
    }
  }

  @unsafe private func addValues(
    _ tree: CompiledTree, planes: UnsafeMutableRawPointer, sums: UnsafeMutablePointer<Double>
  ) {
    let zero = SIMD16<UInt8>(repeating: 0)
    let one = SIMD16<UInt8>(repeating: 1)
    unsafe values.withUnsafeBufferPointer { values in
      let values = unsafe values.baseAddress.unsafelyUnwrapped + tree.firstValue
      for group in 0..<Self.tileRows / 16 {
        // The lowest byte with a bit, and 8 × its number.
        var byte = zero
        var leaf = zero
        for plane in (0..<tree.planeCount).reversed() {
          let bits = unsafe planes.loadUnaligned(
            fromByteOffset: plane * Self.tileRows + group * 16, as: SIMD16<UInt8>.self)
          let isSet = bits .!= zero
          byte.replace(with: bits, where: isSet)
          leaf.replace(with: SIMD16<UInt8>(repeating: UInt8(plane * 8)), where: isSet)
        }
        // The number of its lowest bit, from three questions.
        let lowest = byte & (zero &- byte)
        leaf &+= zero.replacing(with: one, where: (lowest & 0xAA) .!= zero)
        leaf &+= zero.replacing(with: one &+ one, where: (lowest & 0xCC) .!= zero)
        leaf &+= zero.replacing(with: SIMD16(repeating: 4), where: (lowest & 0xF0) .!= zero)
        // SAFETY: the leaf is one of the tree; the group lies within the tile.
        let target = unsafe sums + group * 16
        for lane in 0..<16 { unsafe target[lane] += values[Int(leaf[lane])] }
      }
    }
  }
}

extension Tree {
  /// Per node the leaves of its left subtree.
  func leavesLeftOfNodes() -> [Range<Int>] {
    var ranges = [Range<Int>](repeating: 0..<0, count: nodeCount)
    // Children come behind their parents, so going backwards finds them done.
    var spans = [Range<Int>](repeating: 0..<0, count: nodeCount)
    func span(_ child: Int) -> Range<Int> { child >= 0 ? spans[child] : ~child..<(~child + 1) }
    for node in (0..<nodeCount).reversed() {
      ranges[node] = span(leftChild[node])
      spans[node] = ranges[node].lowerBound..<span(rightChild[node]).upperBound
    }
    return ranges
  }
}
