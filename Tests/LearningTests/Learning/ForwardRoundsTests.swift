import Testing

@testable import Learning

struct ForwardRoundsTests {
  @Test func `fewer rounds are tried by quarters of an octave`() {
    #expect(ForwardRounds.fewer(than: 0) == [])
    #expect(ForwardRounds.fewer(than: 1) == [])
    // 1, 1.2, 1.4, 1.7, 2, 2.4, 2.8, 3.4
    #expect(ForwardRounds.fewer(than: 4) == [1, 2, 3])
    #expect(ForwardRounds.fewer(than: 16) == [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 13])
    let many = ForwardRounds.fewer(than: 1_000)
    #expect(many.last == 861 && many.count < 40)
  }

  @Test func `the least loss is that of all splits, by their rows`() {
    func least(_ losses: [[Double]], _ weights: [Int]) -> (rounds: Int, loss: Double) {
      ForwardRounds.leastLoss(losses, weights: weights)
    }
    #expect(least([[0.7, 0.5, 0.6]], [10]).rounds == 1)
    // The second split stopped early: its last loss counts on.
    #expect(least([[0.6, 0.5, 0.45], [0.7, 0.9]], [1, 1]).rounds == 0)
    #expect(least([[0.6, 0.5, 0.45], [0.7, 0.9]], [4, 1]).rounds == 2)
    #expect(abs(least([[0.6, 0.5, 0.45], [0.7, 0.9]], [4, 1]).loss - 0.54) < 1e-12)
    #expect(least([[0.5, 0.5]], [1]).rounds == 0)
  }

  private func fits(_ dataset: Dataset, _ splits: [Split]) -> [GradientBoosting.Fit] {
    splits.indices.map { index in
      var settings = BoostingPreset.careful.settings
      settings.rounds = 120
      return GradientBoosting(settings: settings, seed: UInt64(index), embargo: 2).fit(
        dataset, rows: splits[index].analysis, validation: splits[index].assessment)
    }
  }

  /// The mean over the rows of the loss by so many trees, less that by `best`; and its error, counting each
  /// split once.
  private func excess(
    _ rounds: Int, over best: Int, _ fits: [GradientBoosting.Fit], _ splits: [Split],
    _ dataset: Dataset
  ) -> (mean: Double, error: Double) {
    var differences: [[Double]] = []
    for (fit, split) in zip(fits, splits) {
      func losses(_ count: Int) -> [Double] {
        var model = fit.model
        model.trees = Array(fit.trees.prefix(count))
        return zip(split.assessment, model.logOdds(dataset, rows: split.assessment)).map {
          Logistic.loss(logOdds: $1, label: dataset.knownLabels[$0])
        }
      }
      differences.append(zip(losses(rounds), losses(best)).map { $0 - $1 })
    }
    let all = differences.flatMap(\.self)
    let mean = all.reduce(0, +) / Double(all.count)
    let sums = differences.map { split in split.reduce(0) { $0 + $1 - mean } }
    let count = Double(sums.count)
    let squares = sums.reduce(0) { $0 + $1 * $1 }
    return (mean, (count / (count - 1) * squares).squareRoot() / Double(all.count))
  }

  @Test(arguments: UInt64(30)..<36)
  func `the fewest within one error of the splits are chosen`(seed: UInt64) {
    let dataset = LearningSample.dataset(rows: 1_200, seed: seed, rowsPerTime: 60)
    let splits = ForwardSplits(embargo: 2, maximumOrigins: 4).splits(
      dataset, rows: Array(0..<1_200))
    #expect(splits.count == 4)
    let fits = fits(dataset, splits)
    let rounds = ForwardRounds(fits, splits, dataset)
    #expect(rounds.best > 0 && rounds.chosen > 0 && rounds.chosen <= rounds.best)
    let losses = zip(fits, splits).flatMap { fit, split in
      var model = fit.model
      model.trees = Array(fit.trees.prefix(rounds.best))
      return zip(split.assessment, model.logOdds(dataset, rows: split.assessment)).map {
        Logistic.loss(logOdds: $1, label: dataset.knownLabels[$0])
      }
    }
    #expect(abs(rounds.bestLogLoss - losses.reduce(0, +) / Double(losses.count)) < 1e-9)
    for fewer in ForwardRounds.fewer(than: rounds.best) where fewer <= rounds.chosen {
      let (mean, error) = excess(fewer, over: rounds.best, fits, splits, dataset)
      #expect((mean <= error) == (fewer == rounds.chosen), "\(fewer) rounds: \(mean) ± \(error)")
    }
  }

  @Test func `two splits say too little of each other: the best is taken`() {
    let dataset = LearningSample.dataset(rows: 1_200, seed: 30, rowsPerTime: 60)
    let splits = ForwardSplits(embargo: 2, maximumOrigins: 2).splits(
      dataset, rows: Array(0..<1_200))
    #expect(splits.count == 2)
    let rounds = ForwardRounds(fits(dataset, splits), splits, dataset)
    #expect(rounds.chosen == rounds.best)
  }
}
