import Learning

/// Made-up tables whose truth is known.
enum LearningSample {
  /// A table with one telling number, one noisy number with gaps, and one telling category.
  ///
  /// logit P(1) = strength·(x + category effect) + intercept; group = row / rowsPerGroup.
  static func dataset(
    rows: Int, seed: UInt64, strength: Double = 1.5, intercept: Double = -1,
    rowsPerGroup: Int? = nil, rowsPerTime: Int? = nil
  ) -> Dataset {
    var generator = SplitMix64(seed: seed)
    var x: [Double] = []
    var noise: [Double] = []
    var codes: [Int32] = []
    var labels: [Double] = []
    let effect = [-1.0, 0.0, 1.0]
    for _ in 0..<rows {
      let value = 4 * generator.nextUnit() - 2
      let code = Int(generator.next() % 3)
      x.append(value)
      noise.append(generator.nextUnit() < 0.2 ? .nan : generator.nextUnit())
      codes.append(Int32(code))
      let p = Logistic.probability(logOdds: strength * (value + effect[code]) + intercept)
      labels.append(generator.nextUnit() < p ? 1 : 0)
    }
    return Dataset(
      columnNames: ["x", "noise", "kind"],
      columns: [
        .numeric(x), .numeric(noise), .categorical(codes: codes, levels: ["a", "b", "c"]),
      ],
      labels: labels,
      groups: rowsPerGroup.map { size in (0..<rows).map { Int32($0 / size) } },
      times: rowsPerTime.map { size in (0..<rows).map { Int32($0 / size) } })
  }

  /// The same dataset with other labels.
  static func relabeled(_ dataset: Dataset, _ change: (Int, Double) -> Double) -> Dataset {
    Dataset(
      columnNames: dataset.columnNames, columns: dataset.columns,
      labels: dataset.knownLabels.enumerated().map { change($0, $1) }, groups: dataset.groups,
      times: dataset.times)
  }
}
