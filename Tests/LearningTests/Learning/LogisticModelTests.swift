import Foundation
import Learning
import Testing

struct LogisticModelTests {
  let dataset = LearningSample.dataset(rows: 600, seed: 21)

  private func model(_ dataset: Dataset) -> LogisticModel {
    LogisticModel.fit(dataset, rows: Array(0..<400), lambda: 0.01).model
  }

  @Test func `contributions and bias add up to the log-odds on every row`() {
    let model = model(dataset)
    let contributions = model.contributions(dataset)
    for (row, logOdds) in model.logOdds(dataset).enumerated() {
      let total = contributions.withRow(row) { row in
        row.indices.reduce(model.intercept) { $0 + row[$1] }
      }
      #expect(abs(total - logOdds) <= 1e-9 * (1 + abs(logOdds)))
    }
  }

  @Test func `contributions have mean 0 over the training rows`() {
    let contributions = model(dataset).contributions(dataset, rows: Array(0..<400))
    for column in 0..<3 {
      #expect(abs(contributions.column(column).reduce(0, +) / 400) < 1e-12)
    }
  }

  @Test func `a dropped column contributes nothing`() {
    let dropped = Dataset(
      columnNames: dataset.columnNames + ["empty"],
      columns: dataset.columns + [.numeric([Double](repeating: .nan, count: 600))],
      labels: dataset.labels)
    #expect(model(dropped).contributions(dropped).column(3).allSatisfy { $0 == 0 })
  }

  @Test func `rows come in the order asked for`() {
    let model = model(dataset)
    let all = model.logOdds(dataset)
    #expect(model.logOdds(dataset, rows: [5, 599, 0]) == [all[5], all[599], all[0]])
  }

  @Test func `labels outside the training rows do not matter`() {
    let flipped = LearningSample.relabeled(dataset) { row, label in row < 400 ? label : 1 - label }
    #expect(model(flipped) == model(dataset))
  }

  @Test func `finds the truth it was made from`() throws {
    let large = LearningSample.dataset(rows: 6000, seed: 22)
    let (model, summary) = LogisticModel.fit(large, rows: Array(0..<4000), lambda: 1e-3)
    #expect(summary.converged)
    let rows = Array(4000..<6000)
    let p = model.logOdds(large, rows: rows).map { Logistic.probability(logOdds: $0) }
    let auc = Metric.areaUnderROC.evaluate(
      probabilities: p, labels: rows.map { large.knownLabels[$0] })
    // The true probabilities reach about .86 on such rows.
    #expect(try #require(auc) > 0.84)
  }

  @Test func `survives being written and read`() throws {
    let model = model(dataset)
    let written = try JSONEncoder().encode(model)
    #expect(try JSONDecoder().decode(LogisticModel.self, from: written) == model)
  }
}
