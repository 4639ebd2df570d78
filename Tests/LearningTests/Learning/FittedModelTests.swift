import Learning
import Testing

/// One model in three forms.
struct FittedModelTests {
  private let dataset = LearningSample.dataset(rows: 600, seed: 12)
  private let rows = Array(0..<600)

  private var parts: (linear: LogisticModel, bag: BoostedBag) {
    var settings = BoostingPreset.small.settings
    settings.rounds = 20
    return (
      LogisticModel.fit(dataset, rows: rows, lambda: 0.01).model,
      BoostingBag(settings: settings, seed: 1, foldCount: 2)
        .fit(dataset, rows: rows)
    )
  }

  @Test func `a blend is the mean of its parts, and its contributions add up`() {
    let (linear, bag) = parts
    let blend = FittedModel.blend(linear, bag)
    let logOdds = blend.logOdds(dataset)
    #expect(blend.bias == (linear.intercept + bag.expectedLogOdds) / 2)
    let (one, other) = (linear.logOdds(dataset), bag.logOdds(dataset))
    let contributions = blend.contributions(dataset)
    for row in rows {
      #expect(logOdds[row] == (one[row] + other[row]) / 2)
      let sum = contributions.withRow(row) { span in
        span.indices.reduce(blend.bias) { $0 + span[$1] }
      }
      #expect(abs(sum - logOdds[row]) <= 1e-9 * (1 + abs(logOdds[row])))
    }
  }

  @Test func `each form has its parts, its columns and its own log-odds`() {
    let (linear, bag) = parts
    let forms: [FittedModel] = [.logistic(linear), .boosting(bag), .blend(linear, bag)]
    for form in forms {
      #expect(form.columnNames == dataset.columnNames)
      #expect(form.contributions(dataset, rows: [3, 1]).rowCount == 2)
    }
    #expect(forms.map { $0.logistic != nil } == [true, false, true])
    #expect(forms.map { $0.boosting != nil } == [false, true, true])
    #expect(forms[0].logOdds(dataset, rows: [5]) == linear.logOdds(dataset, rows: [5]))
    #expect(forms[1].logOdds(dataset, rows: [5]) == bag.logOdds(dataset, rows: [5]))
  }
}
