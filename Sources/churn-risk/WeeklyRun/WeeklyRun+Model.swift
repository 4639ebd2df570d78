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
}

extension WeeklyRun {
  /// Keeps the model of the run before while it fits, else trains.
  ///
  /// - Throws: what training throws, and what reading the history throws.
  func chooseModel(for week: RunWeek, _ history: HistoryStore) throws -> ChosenModel {
    session.progress.begin("Checking the model")
    let old = try week.previous.flatMap { try $0.trainedModel }
    let monitoring =
      try old.map { try RunMonitoring($0, history, asOf: week.asOf, past: week.past) }
      ?? RunMonitoring()
    let folder = ModelFolder("\(week.folder)/model")
    let reason = reasonToTrain(old, week, alarm: monitoring.alarm)
    if reason == nil, let previous = week.previous {
      try copy(previous.model, to: folder)
    } else {
      try train(for: week, history, into: folder)
    }
    return ChosenModel(
      file: try folder.read(), old: old, trainedBecause: reason, monitoring: monitoring)
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
