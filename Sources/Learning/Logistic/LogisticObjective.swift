internal import ForkJoin

// The objective of penalized logistic regression and its derivatives; knows nothing of solvers.
//
//     η = Xβ + α      μ = σ(η)      w = μ(1 − μ)
//     f = (1/n) Σ [softplus(ηᵢ) − yᵢηᵢ] + λ/2 ‖β‖²                         intercept α free
//     g = (1/n) [X 1]ᵀ(μ − y) + λ[β 0]
//     H = C + λ diag(1 … 1, 0),     C = (1/n) [X 1]ᵀ diag(w) [X 1]
//
// A parameter vector is β with α last: columnCount + 1 numbers. Sums run over blocks of 4,096 rows;
// blocks are joined into stripes and stripes added in index order, all fixed by the row count, so the
// bytes do not depend on the number of threads. C is a dsyrk per block of √w·[X 1].
struct LogisticObjective: NewtonObjective {
  /// Rows per block: √w·[X 1] of one block stays in the cache for a hundred columns.
  static let blockRows = 4096

  /// At most this many partial sums of C are alive, which bounds the memory of wide problems.
  static let maximumStripes = 16

  let design: Matrix
  let labels: [Double]
  var lambda: Double

  /// - Precondition: as many labels as rows, at least one; λ finite and ≥ 0.
  init(design: Matrix, labels: [Double], lambda: Double) {
    precondition(
      labels.count == design.rowCount && !labels.isEmpty,
      "Learning: \(labels.count) labels for \(design.rowCount) design rows")
    precondition(
      lambda >= 0 && lambda.isFinite, "Learning: lambda \(lambda) is not finite and >= 0")
    self.design = design
    self.labels = labels
    self.lambda = lambda
  }

  /// Number of parameters: one per design column and the intercept.
  var parameterCount: Int { design.columnCount + 1 }

  /// All but the intercept.
  var penalizedCount: Int { design.columnCount }

  /// X·β + α for every row.
  func logOdds(_ parameters: [Double]) -> [Double] {
    let intercept = parameters[parameterCount - 1]
    var eta = design.product(with: Array(parameters.dropLast()))
    if intercept != 0 { for row in eta.indices { eta[row] += intercept } }
    return eta
  }

  /// f at the parameters whose log-odds are given.
  func value(logOdds eta: [Double], parameters: [Double]) -> Double {
    let sums = concurrentMap(count: blockCount) { block in
      let rows = range(ofBlock: block)
      let terms = rows.map { Logistic.softplus(eta[$0]) - labels[$0] * eta[$0] }
      return relaxedSum(terms)
    }
    let penalty = parameters.dropLast().reduce(0) { $0 + $1 * $1 }
    return sums.reduce(0, +) / Double(labels.count) + lambda / 2 * penalty
  }

  /// g at the parameters whose log-odds are given.
  func gradient(logOdds eta: [Double], parameters: [Double]) -> [Double] {
    let columnCount = design.columnCount
    let blocks = concurrentMap(count: blockCount) { block in
      let rows = range(ofBlock: block)
      let residuals = rows.map { Logistic.probability(logOdds: eta[$0]) - labels[$0] }
      var sums = [Double](repeating: 0, count: columnCount)
      var sumSpan = sums.mutableSpan
      design.withRows(rows) { BLAS.addTransposed($0, residuals.span, into: &sumSpan) }
      sums.append(relaxedSum(residuals))
      return sums
    }
    var gradient = [Double](repeating: 0, count: parameterCount)
    for block in blocks { for index in gradient.indices { gradient[index] += block[index] } }
    for index in gradient.indices { gradient[index] /= Double(labels.count) }
    for index in 0..<columnCount { gradient[index] += lambda * parameters[index] }
    return gradient
  }

  /// The upper triangle of C, (parameterCount, parameterCount) row-major.
  func curvature(logOdds eta: [Double]) -> [Double] {
    let order = parameterCount
    let stripeCount = min(blockCount, Self.maximumStripes)
    var partials = [Double](repeating: 0, count: stripeCount * order * order)
    withConcurrentChunks(of: &partials, stride: order * order) { stripe, partial in
      let blocks = stripe * blockCount / stripeCount..<(stripe + 1) * blockCount / stripeCount
      for block in blocks {
        let rows = range(ofBlock: block)
        let scaled = scaledRows(rows, logOdds: eta)
        BLAS.addGram(scaled.span, rowCount: rows.count, order: order, into: &partial)
      }
    }
    var curvature = Array(partials[0..<order * order])
    for stripe in 1..<max(1, stripeCount) {
      let base = stripe * order * order
      for index in 0..<order * order { curvature[index] += partials[base + index] }
    }
    for index in curvature.indices { curvature[index] /= Double(labels.count) }
    return curvature
  }

  func curvature(logOdds eta: [Double], parameters: [Double]) -> [Double] {
    curvature(logOdds: eta)
  }

  /// √w·[X 1] of the rows, row after row.
  private func scaledRows(_ rows: Range<Int>, logOdds eta: [Double]) -> [Double] {
    let columnCount = design.columnCount
    var scaled = [Double](repeating: 0, count: rows.count * (columnCount + 1))
    for (index, row) in rows.enumerated() {
      let mu = Logistic.probability(logOdds: eta[row])
      let root = (mu * (1 - mu)).squareRoot()
      let base = index * (columnCount + 1)
      design.withRow(row) { x in
        for column in x.indices { scaled[base + column] = root * x[column] }
      }
      scaled[base + columnCount] = root
    }
    return scaled
  }

  var blockCount: Int { (labels.count + Self.blockRows - 1) / Self.blockRows }

  func range(ofBlock block: Int) -> Range<Int> {
    block * Self.blockRows..<min((block + 1) * Self.blockRows, labels.count)
  }
}

extension Matrix {
  /// The product with a column vector: one sum per row, whose bits depend on that row alone.
  ///
  /// One dot product per row: dgemv rounds differently with the number of rows, so that a customer's
  /// score would depend on who else is scored.
  ///
  /// - Parameter factors: One per column.
  /// - Returns: rowCount sums.
  package func product(with factors: [Double]) -> [Double] {
    precondition(
      factors.count == columnCount,
      "Learning: \(factors.count) factors for a matrix of \(columnCount) columns")
    var sums = [Double](repeating: 0, count: rowCount)
    let blockRows = LogisticObjective.blockRows
    withConcurrentChunks(of: &sums, stride: blockRows) { block, slice in
      let rows = block * blockRows..<min((block + 1) * blockRows, rowCount)
      for (index, row) in rows.enumerated() {
        slice[index] = withRow(row) { BLAS.dot($0, factors.span) }
      }
    }
    return sums
  }
}
