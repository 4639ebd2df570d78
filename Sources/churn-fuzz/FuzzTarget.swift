/// A parser that must stand any bytes: one file in `Targets`, one line in `fuzzTargets`.
///
/// What is wrong ends the process with a message (`precondition`), as a crash of the parser does; the
/// fuzzer then keeps the input.
protocol FuzzTarget: Sendable {
  /// The word that selects it, and the name of its folder of seeds.
  var name: String { get }
  /// The longest input that is worth trying, in bytes.
  var longestInput: Int { get }
  /// Feeds the parser, and compares it with a second way of reading where there is one.
  func run(_ bytes: [UInt8])
}

/// All targets.
let fuzzTargets: [any FuzzTarget] = [
  JSONRows(),
  JSONDocuments(),
  JSONLinesBlocks(),
  DelimitedRows(),
  TableBlocks(),
  GzipStreams(),
  Dates(),
  Numbers(),
  Identifiers(),
  PackedBlobs(),
  OwnersFiles(),
  Filters(),
  WholeImports(),
]

extension FuzzTarget {
  /// Ends the process when two ways of reading disagree.
  func expect(_ isSo: Bool, _ what: @autoclosure () -> String) {
    if !isSo { fatalError("\(name): \(what())") }
  }
}
