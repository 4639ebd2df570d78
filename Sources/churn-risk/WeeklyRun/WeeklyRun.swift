import CommandLineKit
import Features
import Files
import History
import Reporting
import RiskModel
import Words

/// One run of the weekly job.
///
/// ```
///   import ──► complete? ──► does the model fit? ──► train, where it is old or off ──► score, with the
///   old model too after a training ──► compare, decide ──► lists ──► runs/ASOF ──► latest
/// ```
/// What a run writes follows from the history, the configuration and the runs of earlier days alone, so it
/// can be repeated, also after it was killed. The folder takes its name when everything is in it.
struct WeeklyRun {
  let configuration: RunConfiguration
  let session: Session

  /// What a run came to.
  struct Result {
    var asOf: CalendarDay
    var folder: String
    /// Whether nothing that the lists rest on is missing.
    var isComplete: Bool
    /// Whether a complete run of the day stands, which this incomplete one was not allowed to replace.
    var isKept: Bool
    /// What `latest` names now; nil where there is none.
    var latest: String?
    var attention: [Attention]
    var entries: [ManifestEntry]
    var document: AtRiskDocument
    /// The day that the model was trained on.
    var modelDay: CalendarDay
    /// Why a model was trained; nil when the old one was kept.
    var trainedBecause: String?
    var previous: CalendarDay?
    /// What became of the newest list that has been seen to its end, in a sentence.
    var outcome: String
    var withoutRows: [String]
    var snoozesOfThoseWhoLeft: Int
  }

  /// - Throws: what a step throws; the run of the day is then as it was before.
  func run() throws -> Result {
    let runs = RunFolder(configuration.runs)
    let lock = try runs.lock(mode: configuration.fileMode.bits)
    defer { withExtendedLifetime(lock) {} }
    try runs.tidy()
    let imported = try importExports(runs)
    session.progress.begin("Reading the history")
    let history = try HistoryStore.open(configuration.store, for: .reading)
    let week = try RunWeek(configuration, history: history, runs: runs)
    try makeFolder(week.folder, mode: folderMode(ofFiles: configuration.fileMode.bits))
    let result: Result
    do {
      result = try run(week, imported, history, runs)
    } catch {
      // It is of no use to anybody, and may be what fills the disk.
      try? removeTree(week.folder)
      throw error
    }
    try runs.prune(keeping: configuration.keepRuns)
    try runs.notes.forget()
    return result
  }

  private func run(
    _ week: RunWeek, _ imported: RunImport, _ history: HistoryStore, _ runs: RunFolder
  ) throws -> Result {
    let model = try chooseModel(for: week, history)
    let scored = try document(of: week, by: model, history)
    var document = scored.document
    let punctuality = RunPunctuality(history.sources, asOf: week.asOf)
    // What an import told is told once; a file that fails does so every time, and belongs to the run.
    let attention =
      (imported.failures.map(\.attention) + punctuality.attention + model.attention
      + told(scored.attention, of: model) + model.monitoring.attention).unique
    document.attention = attention
    let isComplete =
      !imported.failures.contains { $0.isMissed(on: week.asOf) }
      && !attention.contains { Self.stopsLatest.contains($0.code) }
    let leavers = RunLeavers(document, history.owners, on: week.asOf)
    let isKept = !isComplete && runs.run(of: week.asOf)?.isComplete ?? false
    var entries: [ManifestEntry] = []
    if isKept {
      try removeTree(week.folder)
    } else {
      entries = try write(
        document, scored.profit, to: week.folder,
        manifest: [
          "status": .string(isComplete ? "complete" : "incomplete"),
          "asOf": .string(week.asOf.description),
          "events": .array(week.events.map { JSONValue.string($0) }),
          "previous": scored.previous.map { JSONValue.string($0.description) } ?? .null,
          "trainedBecause": model.trainedBecause.map { JSONValue.string($0) } ?? .null,
          "managersWithoutRows": .array(leavers.withoutRows.map { JSONValue.string($0) }),
          "snoozesOfThoseWhoLeft": .integer(leavers.snoozes),
        ])
      try publish(week.folder, as: runs.folder(of: week.asOf))
    }
    session.progress.end()
    if isComplete { try runs.pointLatest(to: week.asOf) }
    // These depend on the clock and on what was imported by which run, and stand in no file of the run.
    let told =
      imported.notes
      + [
        punctuality.lateness(on: RunPunctuality.today),
        configuration.shortMemory(lagDays: model.file.lagDays, week.recipe, punctuality.usualStep),
      ].compactMap(\.self)
    return Result(
      asOf: week.asOf, folder: runs.folder(of: week.asOf), isComplete: isComplete, isKept: isKept,
      latest: runs.latestName, attention: (told + attention).unique, entries: entries,
      document: document, modelDay: model.file.asOf, trainedBecause: model.trainedBecause,
      previous: scored.previous, outcome: model.monitoring.outcome,
      withoutRows: leavers.withoutRows, snoozesOfThoseWhoLeft: leavers.snoozes)
  }

  /// What a model has said when it was trained is repeated in later weeks, and needs nobody then.
  private func told(_ attention: [Attention], of model: ChosenModel) -> [Attention] {
    let known = model.trainedBecause == nil ? Set(model.file.attention) : []
    return attention.map { remark in
      var remark = remark
      if known.contains(remark) { remark.severity = .information }
      return remark
    }
  }

  /// A scored week, what is to be said about it, and the run that it was compared with.
  private struct Scored {
    var document: AtRiskDocument
    var attention: [Attention]
    var previous: CalendarDay?
    var profit: ProfitSummary?
  }

  /// Scores the week, compares it with the run before, and decides who is on the lists.
  private func document(
    of week: RunWeek, by model: ChosenModel, _ history: HistoryStore
  ) throws -> Scored {
    session.progress.begin("Scoring")
    func score(_ model: RiskModelFile) throws -> RiskScores {
      try Scorer(model: model, owners: history.owners)
        .score(history, asOf: week.asOf, progress: session.report)
    }
    let scores = try score(model.file)
    var document = AtRiskDocument(scores)
    let previous = week.readPrevious()
    // After a training both models score the week: what the old one says tells what really changed.
    let byOld =
      model.trainedBecause == nil ? nil : try model.old.map { AtRiskDocument(try score($0)) }
    try document.compare(
      with: previous.document, path: previous.run?.scores, underOldModel: byOld)
    var policy = ListingPolicy()
    policy.holdOut = configuration.holdOut
    policy.rates = try configuration.profit.exchangeRates(of: document)
    document.note(history.contacts)
    document.decideEntries(since: previous.document, underOldModel: byOld, policy: policy)
    document.putAside(by: policy)
    document.convertLosses(by: policy.rates)
    document.limitLists(
      by: configuration.by, order: configuration.order, capacity: configuration.capacity)
    let profit = configuration.profit.profit(
      document, order: configuration.order, rates: policy.rates)
    document.remarkOnLists(order: configuration.order, policy: policy, profit: profit)
    document.attention +=
      document.remarks(on: history.owners) + document.remarks(on: history.contacts)
    document.monitoring = model.monitoring.json
    return Scored(
      document: document, attention: previous.attention + document.attention,
      previous: previous.run?.day, profit: profit)
  }

  private func write(
    _ document: AtRiskDocument, _ profit: ProfitSummary?, to folder: String, manifest: JSONValue
  ) throws -> [ManifestEntry] {
    session.progress.begin("Writing lists")
    let mode = configuration.fileMode.bits
    let redactions = Set(configuration.redact)
    try document.redacted(redactions).write(to: "\(folder)/at-risk.json", mode: mode)
    var export = ListExport(
      document: document.translated(to: configuration.language),
      formats: configuration.formats.compactMap { ListFormats.named($0) },
      grouping: configuration.by, order: configuration.order, capacity: configuration.capacity,
      mode: mode)
    export.run = manifest
    export.redactions = redactions
    export.profit = profit
    return try export.write(to: folder, progress: session.report)
  }

  /// Codes of what keeps a run from being the latest: a list of half the data looks like good news.
  private static let stopsLatest: Set<String> = [
    "incompleteExport", "usageStale", "idMismatch", "sourceMissing",
  ]
}
