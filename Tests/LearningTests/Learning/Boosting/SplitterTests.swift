import Testing

@testable import Learning

struct SplitterTests {
  /// Bins of rows with the given gradients.
  func bins(_ gradients: [[Float]]) -> [GradientSums] {
    gradients.map { rows in
      rows.reduce(.zero) { $0 + GradientSums(word: LossGradients.word($1)) }
    }
  }

  func settings(_ change: (inout BoostingSettings) -> Void = { _ in }) -> BoostingSettings {
    var settings = BoostingSettings()
    settings.minimumLeafRows = 1
    settings.minimumLeafHessian = 0
    settings.levelLambda = 0
    settings.levelSmoothing = 0
    change(&settings)
    return settings
  }

  func best(
    _ bins: [GradientSums], _ settings: BoostingSettings, isCategorical: Bool = false,
    direction: Int = 0, conditions: LeafConditions = LeafConditions()
  ) -> SplitCandidate? {
    Splitter(settings: settings, directions: [direction]).best(
      bins.span, total: bins.reduce(.zero, +), feature: 0, isCategorical: isCategorical,
      conditions: conditions)
  }

  @Test func `splits where the sign changes`() throws {
    let found = try #require(
      best(bins([[], [-0.5, -0.5], [-0.5], [0.5, 0.5, 0.5]]), settings()))
    #expect(found.rule == .upTo(bin: 2, missingGoesLeft: false))
    #expect(found.left.count == 3 && found.right.count == 3)
    // Each side has G = ∓1.5 and H = 0.75: 3 + 3, the whole 0. The largest h is 4,095 of 4,096 steps.
    #expect(abs(found.gain - 6) < 2e-3)
    #expect(abs(found.leftValue - 2) < 1e-3)
  }

  @Test func `missing values go where they fit, and may stand alone`() throws {
    let low = try #require(best(bins([[-0.5, -0.5], [-0.5], [0.5, 0.5]]), settings()))
    #expect(low.rule == .upTo(bin: 1, missingGoesLeft: true))
    let high = try #require(best(bins([[0.5, 0.5], [-0.5], [0.5, 0.5]]), settings()))
    #expect(high.rule == .upTo(bin: 1, missingGoesLeft: false))
    let alone = try #require(best(bins([[0.5, 0.5], [-0.5], [-0.5, -0.5]]), settings()))
    #expect(alone.rule == .upTo(bin: 2, missingGoesLeft: false))
    #expect(alone.right.count == 2)
  }

  @Test func `where none is missing, missing goes with more rows`() throws {
    let found = try #require(best(bins([[], [-0.5, -0.5, -0.5], [0.5]]), settings()))
    #expect(found.rule == .upTo(bin: 1, missingGoesLeft: true))
  }

  @Test func `leaves enough on both sides or does not split`() {
    let data = bins([[], [-0.5], [0.5, 0.5, 0.5]])
    #expect(best(data, settings { $0.minimumLeafRows = 2 }) == nil)
    #expect(best(data, settings { $0.minimumLeafHessian = 0.3 }) == nil)
    #expect(best(data, settings { $0.minimumGain = 100 }) == nil)
    #expect(best(bins([[]]), settings()) == nil)
    #expect(best(bins([[0.5], []]), settings()) == nil)
    #expect(best(bins([[], [0.5, -0.5]]), settings()) == nil)
  }

  @Test func `equal rows on both sides gain nothing`() {
    #expect(best(bins([[], [0.5, -0.5], [0.5, -0.5]]), settings()) == nil)
    #expect(best(bins([[], [0.25], [0.25], [0.25]]), settings()) == nil)
  }

  @Test(arguments: 1...40) func `finds what trying everything finds`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let count = Int(generator.next() % 12) + 2
    let data = bins(
      (0..<count).map { _ in
        (0..<Int(generator.next() % 4)).map { _ in Float(generator.nextUnit() * 2 - 1) }
      })
    let chosen = settings {
      $0.lambda = Double(seed % 3)
      $0.minimumLeafRows = Int(seed % 4) + 1
      $0.pathSmoothing = seed % 5 == 0 ? 3 : 0
    }
    let total = data.reduce(.zero, +)
    let value = LeafValue(lambda: chosen.lambda, smoothing: chosen.pathSmoothing)
    let none = LeafConditions()
    func worth(_ sums: GradientSums) -> Double {
      value.worth(sums, value: value.value(sums, none)) * LossGradients.step
    }
    var bestGain = 0.0
    for last in 1..<count {
      for withMissing in [false, true] {
        var left = data[1...last].reduce(.zero, +)
        if withMissing { left += data[0] }
        let right = total - left
        guard min(left.count, right.count) >= chosen.minimumLeafRows else { continue }
        bestGain = max(bestGain, worth(left) + worth(right) - worth(total))
      }
    }
    let found = best(data, chosen)
    #expect(abs((found?.gain ?? 0) - bestGain) <= 1e-9 * (1 + bestGain))
    if let found {
      let isLeft = found.rule.goesLeft
      let left = data.indices.filter { isLeft[$0] == 1 }.reduce(.zero) { $0 + data[$1] }
      #expect(found.left == left && found.right == total - left)
    }
  }

  @Test(arguments: 1...30) func `ordered levels give the best of all subsets`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let data = bins(
      (0..<9).map { _ in
        (0..<Int(generator.next() % 5)).map { _ in Float(generator.nextUnit() * 2 - 1) }
      })
    let total = data.reduce(.zero, +)
    func worth(_ s: GradientSums) -> Double {
      s.count == 0 ? 0 : s.gradientSteps * s.gradientSteps / s.hessianSteps * LossGradients.step
    }
    var bestGain = 0.0
    for subset in 1..<(1 << 9) {
      let left = (0..<9).filter { subset >> $0 & 1 == 1 }.reduce(.zero) { $0 + data[$1] }
      guard left.count > 0, left.count < total.count else { continue }
      bestGain = max(bestGain, worth(left) + worth(total - left) - worth(total))
    }
    let found = best(data, settings { $0.oneAgainstRestLevels = 0 }, isCategorical: true)
    #expect(abs((found?.gain ?? 0) - bestGain) <= 1e-9 * (1 + bestGain))
  }

  @Test func `few levels: one against the rest`() throws {
    // Two levels are low, two high: apart only in pairs.
    let data = bins([[], [-0.5], [-0.5], [0.5], [0.6]])
    let found = try #require(best(data, settings(), isCategorical: true))
    #expect(found.left.count == 1 || found.right.count == 1)
    let pairs = try #require(
      best(data, settings { $0.oneAgainstRestLevels = 3 }, isCategorical: true))
    #expect(pairs.left.count == 2 && pairs.gain > found.gain)
  }

  @Test func `a level without rows goes with more rows`() throws {
    let found = try #require(
      best(bins([[], [-0.5, -0.5, -0.5], [], [0.5]]), settings(), isCategorical: true))
    let sides = found.rule.goesLeft
    #expect(sides[0] == sides[1] && sides[2] == sides[1] && sides[3] != sides[1])
  }

  @Test func `a rising feature is not split the falling way`() {
    let rising = bins([[], [0.5, 0.5], [-0.5, -0.5]])
    // g > 0 asks for a smaller value: the risk falls from the first bin to the second when it is below.
    #expect(best(rising, settings(), direction: -1) == nil)
    #expect(best(rising, settings(), direction: 1) != nil)
  }

  @Test func `values stay within the bounds`() throws {
    var conditions = LeafConditions()
    conditions.upper = 0.5
    let found = try #require(
      best(bins([[], [-0.5, -0.5], [0.5, 0.5]]), settings(), conditions: conditions))
    #expect(found.leftValue == 0.5)
    #expect(found.rightValue < -1.9)
  }
}
