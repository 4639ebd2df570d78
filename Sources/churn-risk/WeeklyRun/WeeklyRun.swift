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
    var isComplete: Bool
    var attention: [Attention]
    var entries: [ManifestEntry]
    var document: AtRiskDocument
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
    let imported = try importExports()
    session.progress.begin("Reading the history")
    let history = try HistoryStore.open(configuration.store, for: .reading)
    let week = try RunWeek(configuration, history: history, runs: runs)
    try removeTree(week.folder)
    try makeFolder(week.folder, mode: folderMode(ofFiles: configuration.fileMode.bits))
    let model = try chooseModel(for: week, history)
    var document = try document(of: week, by: model, history)
    // Warnings of an import are told once; a file that fails does so every time, and belongs to the run.
    let attention = Self.unique(
      imported.filter { $0.code == "fileFailed" } + Self.gaps(history.sources, asOf: week.asOf)
        + model.monitoring.attention + document.file.attention)
    document.file.attention = attention
    let isComplete = !attention.contains { Self.stopsLatest.contains($0.code) }
    let left = leavers(document.file, history.owners)
    let entries = try write(
      document.file, to: week.folder,
      manifest: [
        "status": .string(isComplete ? "complete" : "incomplete"),
        "asOf": .string(week.asOf.description),
        "events": .array(week.events.map { JSONValue.string($0) }),
        "previous": week.previous.map { JSONValue.string($0.day.description) } ?? .null,
        "trainedBecause": model.trainedBecause.map { JSONValue.string($0) } ?? .null,
        "managersWithoutRows": .array(left.withoutRows.map { JSONValue.string($0) }),
        "snoozesOfThoseWhoLeft": .integer(left.snoozes),
      ])
    session.progress.end()
    try publish(week.folder, as: runs.folder(of: week.asOf))
    if isComplete { try runs.pointLatest(to: week.asOf) }
    try runs.prune(keeping: configuration.keepRuns)
    return Result(
      asOf: week.asOf, folder: runs.folder(of: week.asOf), isComplete: isComplete,
      attention: Self.unique(imported + attention), entries: entries, document: document.file,
      trainedBecause: model.trainedBecause, previous: week.previous?.day,
      outcome: model.monitoring.outcome,
      withoutRows: left.withoutRows, snoozesOfThoseWhoLeft: left.snoozes)
  }

  /// Scores the week, compares it with the run before, and decides who is on the lists.
  private func document(
    of week: RunWeek, by model: ChosenModel, _ history: HistoryStore
  ) throws -> (file: AtRiskDocument, scores: RiskScores) {
    session.progress.begin("Scoring")
    func score(_ model: RiskModelFile) throws -> RiskScores {
      try Scorer(model: model, owners: history.owners)
        .score(history, asOf: week.asOf, progress: session.report)
    }
    let scores = try score(model.file)
    var document = AtRiskDocument(scores)
    let previous = try week.previous.map { try AtRiskDocument(contentsOf: $0.scores) }
    // After a training both models score the week: what the old one says tells what really changed.
    let byOld =
      model.trainedBecause == nil ? nil : try model.old.map { AtRiskDocument(try score($0)) }
    try document.compare(with: previous, path: week.previous?.scores, underOldModel: byOld)
    var policy = ListingPolicy()
    policy.holdOut = configuration.holdOut
    policy.rates = try configuration.profit.exchangeRates(of: document)
    document.note(history.contacts)
    document.decideEntries(since: previous, underOldModel: byOld, policy: policy)
    document.putAside(by: policy)
    document.convertLosses(by: policy.rates)
    document.limitLists(
      by: configuration.by, order: configuration.order, capacity: configuration.capacity)
    document.remarkOnLists(
      order: configuration.order, policy: policy, profit: profit(of: document, policy.rates))
    document.monitoring = model.monitoring.json
    return (document, scores)
  }

  private func write(
    _ document: AtRiskDocument, to folder: String, manifest: JSONValue
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
    export.profit = profit(
      of: document, try configuration.profit.exchangeRates(of: document))
    return try export.write(to: folder, progress: session.report)
  }

  private func profit(of document: AtRiskDocument, _ rates: ExchangeRates?) -> ProfitSummary? {
    configuration.profit.profit(document, order: configuration.order, rates: rates)
  }

  /// Codes of what keeps a run from being the latest: a list of half the data looks like good news.
  private static let stopsLatest: Set<String> = [
    "incompleteExport", "usageStale", "idMismatch", "fileFailed", "sourceMissing",
  ]

  private static func unique(_ attention: [Attention]) -> [Attention] {
    var seen: Set<Attention> = []
    return attention.filter { seen.insert($0).inserted }
  }

  /// Account managers without a row to work on, and snoozes by people who own nothing any more.
  private func leavers(
    _ document: AtRiskDocument, _ owners: OwnerRules
  ) -> (withoutRows: [String], snoozes: Int) {
    let known = Set(owners.rules.map(\.accountManager))
    let busy = Set(
      document.subscriptions.lazy.filter(\.isListed).compactMap(\.identity.accountManager))
    let snoozes = document.subscriptions.count { row in
      guard row.listing?.reason == .snoozed, let manager = row.contact?.accountManager else {
        return false
      }
      return !known.isEmpty && !known.contains(manager)
    }
    return (known.subtracting(busy).sorted(), snoozes)
  }
}
