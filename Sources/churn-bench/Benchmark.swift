/// Something that is measured; one file in `Benchmarks`, one line in `benchmarks`.
protocol Benchmark: Sendable {
  /// The word that selects it.
  var name: String { get }
  /// What it measures, for help; no full stop.
  var summary: String { get }
  /// Measures and adds findings to the report.
  ///
  /// - Throws: an error that ends everything; what cannot be measured is a finding with a problem.
  func run(on bench: Bench) throws
}

/// All benchmarks, in the order in which they run.
let benchmarks: [any Benchmark] = [
  JSONLinesImport(),
  CSVImport(),
  GzipImport(),
  StoreSize(),
  ReadingBack(),
  OneMoreWeek(),
  PeakMemory(),
  PanelFeatures(),
  LinearFeatures(),
  FeatureMemory(),
  WeeklyFeatures(),
  TreeTraining(),
  TreeMemory(),
  TreeScoring(),
  TreeAttributions(),
  LogisticFitting(),
  Lists(),
  ScoresMemory(),
]
