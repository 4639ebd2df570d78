import ForkJoin
import Testing

@testable import Learning

struct BoostingBagTests {
  var settings: BoostingSettings {
    var settings = BoostingPreset.small.settings
    settings.rounds = 40
    settings.learningRate = 0.1
    return settings
  }

  @Test func `a bag is the mean of its models`() {
    let dataset = BoostingSample.dataset(rows: 800, seed: 21)
    let bag = BoostingBag(settings: settings, seed: 3).fit(dataset, rows: Array(0..<600))
    #expect(bag.models.count == 5)
    let judged = Array(600..<800)
    let logOdds = bag.logOdds(dataset, rows: judged)
    for (place, row) in judged.enumerated() {
      let mean = bag.models.reduce(0) { $0 + $1.logOdds(dataset, rows: [row])[0] } / 5
      #expect(abs(logOdds[place] - mean) < 1e-12)
    }
    let contributions = bag.contributions(dataset, rows: judged)
    for place in judged.indices {
      let total = (0..<5).reduce(bag.expectedLogOdds) { $0 + contributions[place, $1] }
      #expect(abs(total - logOdds[place]) < 1e-9 * (1 + abs(logOdds[place])))
    }
  }

  @Test func `each model has not seen the groups of its fold`() {
    let dataset = BoostingSample.dataset(rows: 600, seed: 22)
    let rows = Array(0..<600)
    let bag = BoostingBag(settings: settings, seed: 3).fit(dataset, rows: rows)
    #expect(bag.models.allSatisfy { $0.trees.count == 40 })
    let splits = GroupedFolds(dataset, rows: rows, seed: 3).splits(rows: rows)
    for (number, split) in splits.enumerated() {
      let groups = Set(split.analysis.map { dataset.group(ofRow: $0) })
      #expect(split.assessment.allSatisfy { !groups.contains(dataset.group(ofRow: $0)) })
      // Other labels of the fold change all models but its own.
      let fold = Set(split.assessment)
      let changed = LearningSample.relabeled(dataset) { fold.contains($0) ? 1 - $1 : $1 }
      let own = GradientBoosting(
        settings: settings, seed: BoostingBag.seed(ofModel: number, 3)
      ).fit(changed, rows: split.analysis).model
      #expect(own == bag.models[number])
    }
  }

  @Test func `the same for any number of threads`() {
    let dataset = BoostingSample.dataset(rows: 500, seed: 23)
    defer { ThreadCount.set(0) }
    let bags = [1, 2, 3].map { threads in
      ThreadCount.set(threads)
      return BoostingBag(settings: settings, seed: 3).fit(dataset, rows: Array(0..<500))
    }
    #expect(bags[0] == bags[1] && bags[0] == bags[2])
  }

  @Test func `one group gives one model`() {
    let dataset = Dataset(
      columnNames: ["x"], columns: [.numeric([1, 2, 3, 4])], labels: [0, 1, 0, 1],
      groups: [7, 7, 7, 7])
    let bag = BoostingBag(settings: settings, seed: 3).fit(dataset, rows: [0, 1, 2, 3])
    #expect(bag.models.count == 1)
  }
}
