import Learning
import Testing

struct GroupedFoldsTests {
  @Test func `deals both classes evenly`() {
    let dataset = LearningSample.dataset(rows: 1000, seed: 1)
    let folds = GroupedFolds(dataset, rows: Array(0..<1000), seed: 1).folds
    for label in [0.0, 1] {
      let counts = (0..<5).map { fold in
        (0..<1000).count { folds[$0] == fold && dataset.knownLabels[$0] == label }
      }
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }
  }

  @Test(arguments: 1...10) func `keeps groups and duplicates together`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let rows = 300
    let x = (0..<rows).map { _ in Double(generator.next() % 2000) }
    let dataset = Dataset(
      columnNames: ["x"], columns: [.numeric(x)],
      labels: (0..<rows).map { _ in generator.nextUnit() < 0.3 ? 1 : 0 },
      groups: (0..<rows).map { _ in Int32(generator.next() % 120) })
    let result = GroupedFolds(dataset, rows: Array(0..<rows), seed: seed)
    #expect(result.keepsDuplicates)
    let groups = try #require(dataset.groups)
    for left in 0..<rows {
      for right in 0..<left where groups[left] == groups[right] || x[left] == x[right] {
        #expect(result.folds[left] == result.folds[right])
      }
    }
  }

  @Test func `gives up duplicates, and says so, where they tie everything together`() {
    // Two values only: every group is tied to every other by a duplicate.
    let dataset = Dataset(
      columnNames: ["x"], columns: [.numeric((0..<100).map { Double($0 % 2) })],
      labels: (0..<100).map { Double($0 % 3 == 0 ? 1 : 0) },
      groups: (0..<100).map { Int32($0 / 4) })
    let result = GroupedFolds(dataset, rows: Array(0..<100), seed: 1)
    #expect(!result.keepsDuplicates)
    #expect(Set(result.folds).count == 5)
    for group in 0..<25 { #expect(Set(result.folds[4 * group..<4 * group + 4]).count == 1) }
  }

  @Test func `deals identical rows when there is nothing else`() {
    let dataset = Dataset(
      columnNames: ["x"], columns: [.numeric([Double](repeating: 1, count: 50))],
      labels: (0..<50).map { $0 % 5 == 0 ? 1 : 0 })
    let result = GroupedFolds(dataset, rows: Array(0..<50), seed: 1)
    #expect(!result.keepsDuplicates)
    #expect(result.splits(rows: Array(0..<50)).count == 5)
  }

  @Test func `depends on the seed and nothing else`() {
    let dataset = LearningSample.dataset(rows: 100, seed: 2)
    let rows = Array(0..<100)
    #expect(
      GroupedFolds(dataset, rows: rows, seed: 3).folds
        == GroupedFolds(dataset, rows: rows, seed: 3).folds)
    #expect(
      GroupedFolds(dataset, rows: rows, seed: 3).folds
        != GroupedFolds(dataset, rows: rows, seed: 4).folds)
  }

  @Test func `splits partition the rows`() {
    let dataset = LearningSample.dataset(rows: 60, seed: 2)
    let rows = Array(stride(from: 0, to: 60, by: 3))
    let splits = GroupedFolds(dataset, rows: rows, seed: 1).splits(rows: rows)
    #expect(splits.count == 5)
    #expect(splits.flatMap(\.assessment).sorted() == rows)
    for split in splits { #expect((split.analysis + split.assessment).sorted() == rows) }
  }
}
