/// Finds the best split of a leaf by one feature.
///
///     bin          0    1   2   3   …   B−1
///     candidates   |missing| 1 | 2 | 3 …       known values ≤ bin b left, missing left or right
///
/// Missing values are tried on both sides, and alone against all others. Where none are missing, they
/// go with more rows. Of equal gains the first tried wins: the smallest bin, missing right.
struct Splitter: Sendable {
  let settings: BoostingSettings
  /// Per feature: 1 rising, −1 falling, 0 free.
  let directions: [Int]
  private let rule: LeafValue
  private let levelRule: LeafValue
  private let minimumHessian: Double

  init(settings: BoostingSettings, directions: [Int]) {
    self.settings = settings
    self.directions = directions
    rule = LeafValue(lambda: settings.lambda, smoothing: settings.pathSmoothing)
    levelRule = LeafValue(
      lambda: settings.lambda + settings.levelLambda, smoothing: settings.pathSmoothing)
    minimumHessian = settings.minimumLeafHessian / LossGradients.step
  }

  /// The value of a leaf with these sums.
  func value(_ sums: GradientSums, _ conditions: LeafConditions) -> Double {
    rule.value(sums, conditions)
  }

  /// The best split that gains enough and leaves enough on both sides, if there is one.
  ///
  /// - Parameters:
  ///   - bins: Sums per bin, bin 0 for missing values.
  ///   - total: Sum of all bins.
  ///   - feature: Its number.
  ///   - isCategorical: Whether its bins have no order.
  ///   - conditions: What the leaf demands.
  /// - Returns: Nil when no split is allowed and gains enough.
  func best(
    _ bins: Span<GradientSums>, total: GradientSums, feature: Int, isCategorical: Bool,
    conditions: LeafConditions
  ) -> SplitCandidate? {
    isCategorical
      ? bestByLevels(bins, total: total, feature: feature, conditions: conditions)
      : bestByOrder(bins, total: total, feature: feature, conditions: conditions)
  }

  private func bestByOrder(
    _ bins: Span<GradientSums>, total: GradientSums, feature: Int, conditions: LeafConditions
  ) -> SplitCandidate? {
    var search = SplitSearch(
      total: total, rule: rule, settings: settings, minimumHessian: minimumHessian,
      direction: directions[feature], conditions: conditions)
    let missing = bins[0]
    let hasMissing = missing.count > 0
    var left = GradientSums.zero
    for bin in 1..<max(1, bins.count) {
      left += bins[bin]
      // A bin without rows would only repeat the candidate before it.
      guard bins[bin].count > 0 else { continue }
      let leftCount = left.count
      if leftCount + missing.count < settings.minimumLeafRows { continue }
      if total.count - leftCount < settings.minimumLeafRows { break }
      search.consider(left, place: bin, missingGoesLeft: false)
      if hasMissing { search.consider(left + missing, place: bin, missingGoesLeft: true) }
    }
    guard let found = search.best else { return nil }
    let missingGoesLeft =
      hasMissing ? found.missingGoesLeft : found.left.count > total.count - found.left.count
    return search.candidate(
      found, feature: feature,
      rule: .upTo(bin: UInt8(found.place), missingGoesLeft: missingGoesLeft))
  }

  private func bestByLevels(
    _ bins: Span<GradientSums>, total: GradientSums, feature: Int, conditions: LeafConditions
  ) -> SplitCandidate? {
    var present: [Int] = []
    for bin in bins.indices where bins[bin].count > 0 { present.append(bin) }
    guard present.count > 1 else { return nil }
    var search = SplitSearch(
      total: total, rule: levelRule, settings: settings, minimumHessian: minimumHessian,
      direction: 0, conditions: conditions)
    let isOneAgainstRest = present.count <= settings.oneAgainstRestLevels
    if isOneAgainstRest {
      for place in present.indices {
        search.consider(bins[present[place]], place: place, missingGoesLeft: false)
      }
    } else {
      // Of all 2^k splits the best is one of k − 1 in this order (Fisher 1958,
      // https://doi.org/10.1080/01621459.1958.10501479).
      let smoothing = settings.levelSmoothing / LossGradients.step
      let ratios = present.map { bins[$0].gradientSteps / (bins[$0].hessianSteps + smoothing) }
      let order = present.indices.sorted { (ratios[$0], $0) < (ratios[$1], $1) }
      present = order.map { present[$0] }
      var left = GradientSums.zero
      for place in present.indices.dropLast() {
        left += bins[present[place]]
        search.consider(left, place: place, missingGoesLeft: false)
      }
    }
    guard let found = search.best else { return nil }
    let left = isOneAgainstRest ? present[found.place...found.place] : present[...found.place]
    // What this leaf has not seen goes with more rows.
    var isLeft = [Bool](repeating: found.left.count > total.count - found.left.count, count: 256)
    for bin in present { isLeft[bin] = false }
    for bin in left { isLeft[bin] = true }
    let chosen = (0..<256).filter { isLeft[$0] && $0 < max(1, bins.count) }.map { UInt8($0) }
    return search.candidate(found, feature: feature, rule: .bins(chosen))
  }
}
