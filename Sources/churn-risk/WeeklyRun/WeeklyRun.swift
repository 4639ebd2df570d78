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
    var withoutRows: [String]
    var snoozesOfThoseWhoLeft: Int
  }

  /// - Throws: what a step throws; the run of the day is then as it was before.
  func run() throws -> Result {
    let runs = RunFolder(configuration.runs)
    let lock = try runs.lock(mode: configuration.fileMode.bits)
    defer { withExtendedLifetime(lock) {} }
    let imported = try importExports()
    // Warnings of an import are told once; a file that fails does so every time, and belongs to the run.
    var attention = imported.filter { $0.code == "fileFailed" }
    session.progress.begin("Reading the history")
    let history = try HistoryStore.open(configuration.store, for: .reading)
    let asOf = try HistorySpan(history.sources).resolve(asOf: nil)
    let recipe = try resolvedRecipe()
    let definition = recipe.definition
    let events = definition.events.map(\.rawValue).sorted()
    let before = runs.previous(
      before: asOf, horizonDays: definition.horizonDays, events: events)
    let gaps = Self.gaps(history.sources, asOf: asOf)
    attention += gaps
    let folder = runs.unfinished(of: asOf)
    try removeTree(folder)
    try makeFolder(folder, mode: folderMode(ofFiles: configuration.fileMode.bits))
    let past = runs.days.filter { $0 < asOf }.compactMap { PastRun(runs.folder(of: $0), day: $0) }
      .filter { $0.horizonDays == definition.horizonDays && $0.events == events }
    let old = try before.flatMap { try $0.trainedModel }
    session.progress.begin("Checking the model")
    var monitoring = RunMonitoring()
    if let old { monitoring = try RunMonitoring(old, history, asOf: asOf, past: past) }
    let reason = reasonToTrain(old, recipe, asOf: asOf, alarm: monitoring.alarm)
    let models = ModelFolder("\(folder)/model")
    if reason != nil {
      let measured = try ReportingLag(
        option: configuration.lagDays, recipe: recipe, history: history, on: asOf)
      session.progress.begin("Training")
      _ = try models.write {
        try Trainer(recipe: recipe).train(
          history, asOf: asOf, lagDays: measured.days, note: { session.progress.begin($0) },
          progress: session.report)
      }
    } else if let before {
      try copy(before.model, to: models)
    }
    let model = try models.read()
    session.progress.begin("Scoring")
    let scores = try score(history, by: model, asOf: asOf)
    var document = AtRiskDocument(scores)
    let previous = try before.map { try AtRiskDocument(contentsOf: $0.scores) }
    // After a training both models score the week: what the old one says tells what really changed.
    let byOld =
      reason == nil ? nil : try old.map { AtRiskDocument(try score(history, by: $0, asOf: asOf)) }
    try document.compare(with: previous, path: before?.scores, underOldModel: byOld)
    document.note(history.contacts)
    var policy = ListingPolicy()
    policy.holdOut = configuration.holdOut
    document.decideEntries(since: previous, policy: policy)
    document.putAside(by: policy)
    document.monitoring = monitoring.json
    attention += monitoring.attention + scores.attention
    attention = Self.unique(attention)
    document.attention = attention.map { AtRiskDocument.Remark($0) }
    let isComplete = !attention.contains { Self.stopsLatest.contains($0.code) }
    session.progress.begin("Writing lists")
    let redacted = document.redacted(Set(configuration.redact))
    try redacted.write(to: "\(folder)/at-risk.json", mode: configuration.fileMode.bits)
    let left = leavers(document, history.owners)
    let manifest: JSONValue = [
      "status": .string(isComplete ? "complete" : "incomplete"),
      "asOf": .string(asOf.description), "events": .array(events.map { JSONValue.string($0) }),
      "previous": before.map { JSONValue.string($0.day.description) } ?? .null,
      "trainedBecause": reason.map { JSONValue.string($0) } ?? .null,
      "managersWithoutRows": .array(left.withoutRows.map { JSONValue.string($0) }),
      "snoozesOfThoseWhoLeft": .integer(left.snoozes),
    ]
    var export = ListExport(
      document: redacted.translated(to: configuration.language),
      formats: configuration.formats.compactMap { ListFormats.named($0) },
      grouping: configuration.by, order: configuration.order, capacity: configuration.capacity,
      mode: configuration.fileMode.bits)
    export.run = manifest
    let entries = try export.write(to: folder, progress: session.report)
    session.progress.end()
    try publish(folder, as: runs.folder(of: asOf))
    if isComplete { try runs.pointLatest(to: asOf) }
    try runs.prune(keeping: configuration.keepRuns)
    return Result(
      asOf: asOf, folder: runs.folder(of: asOf), isComplete: isComplete,
      attention: Self.unique(imported + attention),
      entries: entries, document: document, trainedBecause: reason, previous: before?.day,
      withoutRows: left.withoutRows, snoozesOfThoseWhoLeft: left.snoozes)
  }

  /// Imports everything; a file that fails does not keep the others from being scored.
  private func importExports() throws -> [Attention] {
    session.progress.begin("Importing")
    let history = try HistoryStore.open(configuration.store, for: .importing)
    let lists = [configuration.owners, configuration.contacts].compactMap { $0 }
    let report = try Importer(history).import(
      paths: configuration.imports + lists, observedOn: nil, source: nil, dateOrder: nil,
      cloud: nil,
      rejectsFile: nil, dryRun: false
    ) { session.report(done: $0.fileNumber - 1, of: $0.fileCount) }
    return ImportAttention(report).all
  }

  private func resolvedRecipe() throws -> TrainingRecipe {
    var recipe =
      try configuration.recipe.map { try TrainingRecipe(file: $0) } ?? TrainingRecipe()
    if let horizon = configuration.horizonDays, horizon != recipe.horizonDays {
      recipe.horizonDays = horizon
      recipe.name = "\(recipe.name) at \(horizon) days"
    }
    if let learner = configuration.learner { recipe.learner = learner.learner }
    return recipe
  }

  private func score(
    _ history: HistoryStore, by model: RiskModelFile, asOf: CalendarDay
  ) throws -> RiskScores {
    let owners = history.owners
    return try Scorer(model: model) { subject in
      owners.owner(
        forSubscription: subject.subscriptionId, customerTenantId: subject.customerTenantId,
        partnerId: subject.partnerId, customerMarket: subject.customerMarket, on: subject.day
      ).map { Owner(accountManager: $0.accountManager, email: $0.email.isEmpty ? nil : $0.email) }
    }.score(history, asOf: asOf, progress: session.report)
  }

  private func reasonToTrain(
    _ old: RiskModelFile?, _ recipe: TrainingRecipe, asOf: CalendarDay, alarm: String?
  ) -> String? {
    guard let old else { return "there was no model yet" }
    guard old.recipe == recipe.resolved else { return "the recipe has changed" }
    if let alarm { return alarm }
    let weeks = (asOf - old.asOf) / 7
    return weeks >= configuration.retrainEveryWeeks ? "the old one is of \(old.asOf)" : nil
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

  /// Codes of what keeps a run from being the latest: a list of half the data looks like good news.
  private static let stopsLatest: Set<String> = [
    "incompleteExport", "usageStale", "idMismatch", "fileFailed", "sourceMissing",
  ]

  /// Sources that came every week and did not come this time.
  private static func gaps(_ sources: [Source], asOf: CalendarDay) -> [Attention] {
    sources.compactMap { source in
      let days = source.days.map(\.day).filter { $0 <= asOf }
      guard let last = days.last, (11...90).contains(asOf - last) else { return nil }
      return Attention(
        "sourceMissing",
        "Source '\(source.name)' was last exported on \(last), \(asOf - last) days before \(asOf). Its "
          + "subscriptions are scored by what was known then.")
    }
  }

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
