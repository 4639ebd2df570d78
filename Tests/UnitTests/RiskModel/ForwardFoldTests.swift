import History
import Learning
import TestSupport
import Testing

@testable import Features
@testable import RiskModel

/// Which rows of a panel train and which judge.
struct ForwardFoldTests {
  private static let recipe: TrainingRecipe = {
    var recipe = TrainablePast.recipe
    recipe.landmarkEveryDays = 7
    return recipe
  }()

  private static func panel(
    _ history: some HistorySource = TrainablePast.history, split: CalendarDay? = nil,
    recipe: TrainingRecipe = recipe
  ) throws -> LabelledPanel {
    try LabelledPanel(
      history: history, recipe: recipe,
      range: LandmarkRange(
        from: pastDay(0), to: pastDay(TrainablePast.lastDay), everyDays: 7),
      lagDays: 1, origin: split)
  }

  @Test func `rows train only when their outcome was known on the split`() throws {
    let panel = try Self.panel(split: pastDay(98))
    #expect(panel.fold.origin == pastDay(98))
    var seen: Set<Int32> = []
    for (row, fold) in zip(panel.table.rows, panel.fold.folds) {
      // Horizon 28, no grace, lag 1.
      let isKnown = row.landmark + 29 <= pastDay(98)
      let expected: Int32 = row.landmark >= pastDay(98) ? 0 : isKnown ? -1 : -2
      #expect(fold == expected || (isKnown && fold == -2))
      seen.insert(fold)
    }
    #expect(seen == [-2, -1, 0])
  }

  @Test func `the landmarks are those with a row, not those that were asked for`() throws {
    let panel = try Self.panel()
    #expect(panel.landmarks == Set(panel.table.rows.map(\.landmark)).sorted())
    // The outcome of the last days of the range was not seen.
    #expect(
      panel.immatureRows > 0 && panel.landmarks.last ?? pastDay(0) < pastDay(TrainablePast.lastDay))
  }

  @Test func `no landmark, and so no customer of it, is on both sides`() throws {
    let panel = try Self.panel()
    let folds = Dictionary(
      grouping: zip(panel.table.rows.map(\.landmark), panel.fold.folds), by: \.0)
    for rows in folds.values {
      let sides = Set(rows.map(\.1)).subtracting([-2])
      #expect(sides.count <= 1)
    }
    let training = panel.fold.folds.count { $0 == -1 }
    let judged = panel.fold.folds.count { $0 == 0 }
    // Weekly landmarks: the nearest to three quarters is near.
    #expect(abs(Double(training) / Double(training + judged) - 0.75) < 0.05)
  }

  @Test func `a training row with a twin among the judged ones is set aside`() throws {
    // Nobody uses anything and nobody has a start: rows of a customer are equal on every landmark.
    func past(_ twins: Int) -> FeatureTable {
      var history = SteadyPast.make(
        ends: (0..<40).map { $0.isMultiple(of: 4) ? 30 + 6 * $0 : nil },
        exports: Array(stride(from: 0, through: 280, by: 28)))
      for index in history.customers.indices where index < twins {
        history.customers[index].subscriptions[0].states = history.customers[index]
          .subscriptions[0].states.map {
            var state = $0
            state.effectiveStartDate = nil
            return state
          }
      }
      let landmarks = stride(from: 0, through: 224, by: 28).map(pastDay)
      let known = pastDay(280)
      let panel = try? Panel(
        history: history, landmarks: landmarks, lag: 0,
        rules: StandingRules(exclusions: [], minimumTenureDays: 0, today: known),
        definition: ChurnDefinition(horizonDays: 28, reactivationGraceDays: 0),
        knownThrough: known)
      return panel?.table ?? FeatureTable()
    }
    let none = ForwardFold(past(0), embargoDays: 28, origin: pastDay(168))
    #expect(none.twins == 0 && !none.keepsTwins)
    let few = past(8)
    let fold = ForwardFold(few, embargoDays: 28, origin: pastDay(168))
    #expect(fold.twins > 0 && !fold.keepsTwins)
    for (row, part) in zip(few.rows, fold.folds) where row.landmark + 28 <= pastDay(168) {
      #expect(part == -1 || part == -2)
    }
    #expect(fold.folds.count { $0 == -1 } + fold.twins == none.folds.count { $0 == -1 })
    let many = ForwardFold(past(40), embargoDays: 28, origin: pastDay(168))
    #expect(many.keepsTwins && many.folds.count { $0 == -2 } == none.folds.count { $0 == -2 })
  }

  @Test func `where no day leaves both kinds on both sides every row trains`() throws {
    let calm = SteadyPast.make(
      ends: [Int?](repeating: nil, count: 5), exports: Array(stride(from: 0, through: 196, by: 28)))
    let panel = try Self.panel(calm)
    #expect(panel.fold.origin == nil && Set(panel.fold.folds) == [-1])
    #expect(panel.attention.contains { $0.code == "noForwardFold" })
  }

  @Test func `names that read as numbers stay names`() {
    #expect(LabelledPanel.text("0123456789012345") == "id-0123456789012345")
    #expect(LabelledPanel.text("abb4c9205c0ca22f") == "id-abb4c9205c0ca22f")
    #expect(LabelledPanel.text("365") == "id-365" && LabelledPanel.text("1e5") == "id-1e5")
    #expect(LabelledPanel.text("Azure plan") == "Azure plan")
  }

  @Test func `the recipe chooses the columns, and rows that are too young are left out`() throws {
    var recipe = Self.recipe
    recipe.features = ["tenureDays", "daysSinceLastUsage"]
    let panel = try Self.panel(recipe: recipe)
    #expect(panel.featureNames == ["daysSinceLastUsage", "tenureDays"])
    recipe.minimumTenureDays = 365
    #expect(try Self.panel(recipe: recipe).table.count < panel.table.count)
  }

  @Test func `a split or a range where nothing is known is refused`() throws {
    let error = #expect(throws: RiskModelError.self) {
      try Self.panel(split: pastDay(1_000))
    }
    #expect(error?.description.contains("--split \(pastDay(1_000)) lies outside") ?? false)
    let young = #expect(throws: RiskModelError.self) {
      try LabelledPanel(
        history: TrainablePast.history, recipe: Self.recipe,
        range: LandmarkRange(from: pastDay(190), to: pastDay(196), everyDays: 7), lagDays: 0)
    }
    #expect(young?.description.contains("\(pastDay(196 + 28)) or later") ?? false)
  }

  @Test func `a model uses the recipe's features alone, and needs none of the baseline's`() throws {
    var recipe = TrainablePast.recipe
    recipe.features = ["tenureDays", "activeDays28", "autoRenew"]
    let chosen = try Trainer(recipe: recipe).train(TrainablePast.history, asOf: nil, lagDays: 1)
    #expect(chosen.model.featureNames == ["activeDays28", "tenureDays", "autoRenew"])
    #expect(chosen.judgement?.gapBaseline.candidates.isEmpty == false)
    recipe.features = nil
    recipe.withoutFeatures = ["daysSinceLastUsage"]
    let rest = try Trainer(recipe: recipe).train(TrainablePast.history, asOf: nil, lagDays: 1)
    let all = try TrainablePast.model.get().featureNames
    #expect(rest.model.featureNames == all.filter { $0 != "daysSinceLastUsage" })
  }
}
