import CommandLineKit
import Files
import History
import RiskModel

/// The model of a run, written to the run's folder.
struct ChosenModel {
  var file: RiskModelFile
  /// That of the run before; nil in the first one.
  var old: RiskModelFile?
  /// nil when the old one was kept.
  var trainedBecause: String?
  /// How the old one does.
  var monitoring: RunMonitoring
  /// What is wrong with the old one, where it cannot be used.
  var attention: [Attention]
}

extension WeeklyRun {
  /// Keeps the model of the run before while it fits, else trains.
  ///
  /// A model that cannot be read, of another version of the program or damaged, is no reason to stop.
  ///
  /// - Throws: what training throws, and what reading the history throws.
  func chooseModel(for week: RunWeek, _ history: HistoryStore) throws -> ChosenModel {
    session.progress.begin("Checking the model")
    let folder = ModelFolder("\(week.folder)/model")
    var problem: (any Error)?
    var old: RiskModelFile?
    if let previous = week.previous {
      do {
        old = try RiskModelFile(contentsOf: previous.model.model)
        try copy(previous.model, to: folder)
      } catch let error where Self.isAboutTheFile(error) {
        problem = error
        old = nil
      }
    }
    let monitoring =
      try old.map { try RunMonitoring($0, history, asOf: week.asOf, past: week.past) }
      ?? RunMonitoring()
    let day = week.previous?.day
    let reason =
      problem.flatMap { _ in day.map { "that of the run of \($0) cannot be used" } }
      ?? reasonToTrain(old, week, alarm: monitoring.alarm)
    if reason != nil {
      try removeTree(folder.path)
      try train(for: week, history, into: folder)
    }
    return ChosenModel(
      file: try folder.read(), old: old, trainedBecause: reason, monitoring: monitoring,
      attention: problem.map { problem in
        [
          Attention(
            "oldModelUnusable",
            "The model of the run of \(day?.description ?? "before") cannot be used, so a new one was "
              + "trained. \(problem)")
        ]
      } ?? [])
  }

  /// Whether an error says that a file is missing or cannot be used, and not that nothing can be written.
  static func isAboutTheFile(_ error: any Error) -> Bool {
    if let error = error as? FileError { return error.kind != .unwritable }
    return error is RiskModelError
  }

  private func reasonToTrain(_ old: RiskModelFile?, _ week: RunWeek, alarm: String?) -> String? {
    guard let old else { return "there was no model yet" }
    guard old.recipe == week.recipe.resolved else { return "the recipe has changed" }
    if let alarm { return alarm }
    let weeks = (week.asOf - old.asOf) / 7
    return weeks >= configuration.retrainEveryWeeks ? "the old one is of \(old.asOf)" : nil
  }

  private func train(
    for week: RunWeek, _ history: HistoryStore, into folder: ModelFolder
  ) throws {
    let lag = try ReportingLag(
      option: configuration.lagDays, recipe: week.recipe, history: history, on: week.asOf)
    session.progress.begin("Training")
    _ = try folder.write {
      try Trainer(recipe: week.recipe).train(
        history, asOf: week.asOf, lagDays: lag.days, note: { session.progress.begin($0) },
        progress: session.report)
    }
  }

  private func copy(_ old: ModelFolder, to new: ModelFolder) throws {
    try makeFolder(new.path)
    for (from, to) in [
      (old.card, new.card), (old.evaluation, new.evaluation), (old.model, new.model),
    ] {
      let bytes = try contents(ofFile: from)
      try writeFile(to) { try $0.write(bytes) }
    }
  }
}
