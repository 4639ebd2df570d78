internal import ForkJoin

// The objective of the pooled discrete-time hazard and its derivatives.
//
//     ηᵢₖ = xᵢᵀβ + αₖ      hᵢₖ = σ(ηᵢₖ)      in the periods k that row i was exposed in
//     f = (1/n) Σᵢ Σₖ [softplus(ηᵢₖ) − yᵢₖηᵢₖ] + λ/2 ‖β‖²
//
// The features of a row are the same in all of its periods, so no row is repeated: with vᵢₖ = hᵢₖ(1 − hᵢₖ)
// and wᵢ = Σₖ vᵢₖ the curvature is that of one row with K more columns,
//
//     zᵢ = [√wᵢ·xᵢ   vᵢ₁/√wᵢ … vᵢK/√wᵢ]      Σ zᵢzᵢᵀ = [ Σ wᵢxᵢxᵢᵀ   Σ xᵢvᵢᵀ ]     the right lower block
//                                                     [     ·          ·    ]     being diag(Σᵢ vᵢₖ)
//
// and costs what a fit of one binary outcome costs. Parameters are β, then α. The αₖ of a period without
// events, or with nothing else, has no finite optimum: it is held where it is, and its rows are left out.
struct HazardObjective: NewtonObjective {
  let design: Matrix
  let periods: PersonPeriods
  var lambda = 0.0
  private let isFree: [Bool]

  /// - Precondition: as many rows in both, at least one.
  init(design: Matrix, periods: PersonPeriods) {
    precondition(
      design.rowCount == periods.counts.count && design.rowCount > 0,
      "Learning: \(periods.counts.count) exposures for \(design.rowCount) design rows")
    self.design = design
    self.periods = periods
    isFree = zip(periods.rows, periods.events).map { $1 > 0 && $1 < $0 }
  }

  var penalizedCount: Int { design.columnCount }
  var parameterCount: Int { design.columnCount + periods.ends.count }

  /// X·β for every row.
  func logOdds(_ parameters: [Double]) -> [Double] {
    design.product(with: Array(parameters.prefix(penalizedCount)))
  }

  func value(logOdds eta: [Double], parameters: [Double]) -> Double {
    let alpha = Array(parameters.dropFirst(penalizedCount))
    let sums = concurrentMap(count: blockCount) { block in
      var sum = 0.0
      for row in range(ofBlock: block) {
        let count = periods.counts[row]
        for period in 0..<count where isFree[period] {
          sum += Logistic.softplus(eta[row] + alpha[period])
        }
        if periods.hasEvent[row], isFree[count - 1] { sum -= eta[row] + alpha[count - 1] }
      }
      return sum
    }
    let penalty = parameters.prefix(penalizedCount).reduce(0) { $0 + $1 * $1 }
    return sums.reduce(0, +) / Double(design.rowCount) + lambda / 2 * penalty
  }

  func gradient(logOdds eta: [Double], parameters: [Double]) -> [Double] {
    let (alpha, width) = (Array(parameters.dropFirst(penalizedCount)), penalizedCount)
    let blocks = concurrentMap(count: blockCount) { block in
      let rows = range(ofBlock: block)
      var ofPeriods = [Double](repeating: 0, count: alpha.count)
      let residuals = rows.map { row in
        var residual = 0.0
        let count = periods.counts[row]
        for period in 0..<count where isFree[period] {
          let event = periods.hasEvent[row] && period == count - 1 ? 1.0 : 0.0
          let part = Logistic.probability(logOdds: eta[row] + alpha[period]) - event
          residual += part
          ofPeriods[period] += part
        }
        return residual
      }
      var sums = [Double](repeating: 0, count: width)
      var span = sums.mutableSpan
      design.withRows(rows) { BLAS.addTransposed($0, residuals.span, into: &span) }
      return sums + ofPeriods
    }
    var gradient = [Double](repeating: 0, count: parameterCount)
    for block in blocks { for index in gradient.indices { gradient[index] += block[index] } }
    for index in gradient.indices { gradient[index] /= Double(design.rowCount) }
    for index in 0..<width { gradient[index] += lambda * parameters[index] }
    return gradient
  }

  func curvature(logOdds eta: [Double], parameters: [Double]) -> [Double] {
    let (order, width) = (parameterCount, penalizedCount)
    let alpha = Array(parameters.dropFirst(width))
    let stripeCount = min(blockCount, LogisticObjective.maximumStripes)
    let stripes = concurrentMap(count: stripeCount) { stripe in
      var gram = [Double](repeating: 0, count: order * order)
      var weights = [Double](repeating: 0, count: alpha.count)
      var span = gram.mutableSpan
      for block in stripe * blockCount / stripeCount..<(stripe + 1) * blockCount / stripeCount {
        let rows = range(ofBlock: block)
        let scaled = scaledRows(rows, logOdds: eta, alpha, adding: &weights)
        BLAS.addGram(scaled.span, rowCount: rows.count, order: order, into: &span)
      }
      return (gram: gram, weights: weights)
    }
    var curvature = stripes[0].gram
    var weights = stripes[0].weights
    for stripe in stripes.dropFirst() {
      for index in curvature.indices { curvature[index] += stripe.gram[index] }
      for index in weights.indices { weights[index] += stripe.weights[index] }
    }
    for row in width..<order {
      for column in row..<order { curvature[row * order + column] = 0 }
      // A period that is held does not move: a 1 keeps the matrix definite, its gradient is 0.
      let isFree = isFree[row - width]
      curvature[row * order + row] = isFree ? weights[row - width] : Double(design.rowCount)
    }
    for index in curvature.indices { curvature[index] /= Double(design.rowCount) }
    return curvature
  }

  /// The zᵢ of the rows, row after row; the vᵢₖ are added to `weights`.
  private func scaledRows(
    _ rows: Range<Int>, logOdds eta: [Double], _ alpha: [Double], adding weights: inout [Double]
  ) -> [Double] {
    let (order, width) = (parameterCount, penalizedCount)
    var scaled = [Double](repeating: 0, count: rows.count * order)
    for (index, row) in rows.enumerated() {
      let base = index * order
      var weight = 0.0
      for period in 0..<periods.counts[row] where isFree[period] {
        let h = Logistic.probability(logOdds: eta[row] + alpha[period])
        scaled[base + width + period] = h * (1 - h)
        weights[period] += h * (1 - h)
        weight += h * (1 - h)
      }
      guard weight > 0 else { continue }
      let root = weight.squareRoot()
      for period in 0..<periods.counts[row] { scaled[base + width + period] /= root }
      design.withRow(row) { x in
        for column in x.indices { scaled[base + column] = root * x[column] }
      }
    }
    return scaled
  }

  private var blockCount: Int {
    (design.rowCount + LogisticObjective.blockRows - 1) / LogisticObjective.blockRows
  }

  private func range(ofBlock block: Int) -> Range<Int> {
    let size = LogisticObjective.blockRows
    return block * size..<min((block + 1) * size, design.rowCount)
  }
}
