/// The fits of one split along the λ path, and what they predict for its assessment rows.
///
/// Only the preparation and the last fit are kept: a design matrix is rebuilt when the path goes on,
/// so several splits of a wide table fit into memory.
struct SplitPath: Sendable {
  private let split: Split
  private let preparation: Preparation
  private var lastFit: LogisticFit?

  /// Per λ so far, the log-odds of the assessment rows.
  private(set) var logOdds: [[Double]] = []

  /// Fits that gave up before reaching the tolerance.
  private(set) var unconvergedFits = 0

  init(_ dataset: Dataset, _ split: Split, options: PreparationOptions) {
    self.split = split
    preparation = Preparation.fit(dataset, rows: split.analysis, options: options)
  }

  /// The path continued by one fit per λ, each starting from the one before.
  func continued(_ dataset: Dataset, lambdas: [Double], mixing: Double) -> SplitPath {
    var path = self
    let design = preparation.apply(dataset, rows: split.analysis)
    let assessment = preparation.apply(dataset, rows: split.assessment)
    let labels = dataset.knownLabels
    let fits = LogisticRegression.path(
      lambdas.map { LogisticRegression(lambda: $0, mixing: mixing) }, design,
      labels: split.analysis.map { labels[$0] }, from: lastFit, reusesCurvature: true)
    path.logOdds += fits.map { $0.logOdds(assessment) }
    path.unconvergedFits += fits.count { !$0.summary.converged }
    path.lastFit = fits.last ?? lastFit
    return path
  }
}
