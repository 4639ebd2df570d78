import Testing

@testable import Learning

struct FoldsAcrossTimesTests {
  @Test func `cuts times into blocks of about equally many rows`() {
    #expect(FoldsAcrossTimes.blocks(of: [5, 5, 9, 9]) == [0, 0, 1, 1])
    #expect(FoldsAcrossTimes.blocks(of: [3, 3, 3]) == [0, 0, 0])
    #expect(FoldsAcrossTimes.blocks(of: []) == [])
    #expect(FoldsAcrossTimes.blocks(of: [4, 1, 3, 2]) == [3, 0, 2, 1])
    #expect(FoldsAcrossTimes.blocks(of: [1, 2, 3, 4, 5, 6, 7, 8]) == [0, 0, 1, 1, 2, 2, 3, 3])
    // One time holds nearly all: as many blocks as there are, none of them empty.
    let uneven = [Int32](repeating: 1, count: 97) + [2, 3, 4]
    #expect(Set(FoldsAcrossTimes.blocks(of: uneven)) == [0, 1, 2, 3])
  }

  @Test(arguments: 1...5) func `judges every row once, by other groups of other times`(
    seed: UInt64
  ) throws {
    let dataset = LearningSample.dataset(rows: 600, seed: seed, rowsPerGroup: 3, rowsPerTime: 75)
    let shuffled = Dataset(
      columnNames: dataset.columnNames, columns: dataset.columns, labels: dataset.labels,
      groups: dataset.groups, times: (0..<600).map { Int32($0 % 8) })
    let rows = Array(0..<600)
    let folds = GroupedFolds(shuffled, rows: rows, seed: seed)
    let splits = try #require(FoldsAcrossTimes.splits(shuffled, rows: rows, folds: folds))
    #expect(splits.count == 20)
    #expect(splits.flatMap(\.assessment).sorted() == rows)
    let (groups, times) = (try #require(shuffled.groups), try #require(shuffled.times))
    for split in splits {
      let judged = (
        groups: Set(split.assessment.map { groups[$0] }),
        times: Set(split.assessment.map { times[$0] })
      )
      #expect(!split.analysis.contains { judged.groups.contains(groups[$0]) })
      #expect(!split.analysis.contains { judged.times.contains(times[$0]) })
    }
  }

  @Test func `is not to be had with one time, or where a split would learn one label`() {
    let rows = Array(0..<40)
    func splits(labels: (Int) -> Double, times: ((Int) -> Int32)?) -> [Split]? {
      let dataset = Dataset(
        columnNames: ["x"], columns: [.numeric(rows.map(Double.init))],
        labels: rows.map(labels), times: times.map { rows.map($0) })
      return FoldsAcrossTimes.splits(
        dataset, rows: rows, folds: GroupedFolds(dataset, rows: rows, seed: 1))
    }
    #expect(splits(labels: { Double($0 % 2) }, times: nil) == nil)
    #expect(splits(labels: { Double($0 % 2) }, times: { _ in 4 }) == nil)
    #expect(splits(labels: { Double($0 % 2) }, times: { Int32($0 / 10) }) != nil)
    // All that is 1 lies at the last time, from which nothing is learned when it is judged.
    #expect(splits(labels: { $0 >= 30 ? 1 : 0 }, times: { Int32($0 / 10) }) == nil)
  }
}
