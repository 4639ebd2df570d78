import Files
import Features
import History
import Learning
import Reporting
import RiskModel
import Words

/// Whether the model still fits: drift of scores and features, and what became of past lists.
struct RunMonitoring {
  private(set) var drift: [Drift] = []
  private(set) var matured: [MaturedList] = []

  /// How many of the newest matured lists are looked at; each reads the history once.
  private static let lists = 3

  init() {}

  /// What became of earlier lists, without drift.
  ///
  /// - Throws: what reading the history throws.
  init(
    listsBefore asOf: CalendarDay, of model: RiskModelFile, _ history: HistoryStore,
    runs: [PastRun], previous: AtRiskDocument?
  ) throws {
    let definition = model.recipe.definition
    try judge(runs, definition, history, asOf: asOf)
    guard matured.isEmpty, let previous, let day = CalendarDay(previous.asOf),
      day + previous.horizonDays <= asOf,
      let list = try MaturedList(
        LiveList(previous), definition: definition, contacts: history.contacts, history,
        knownThrough: asOf)
    else { return }
    matured.append(list)
  }

  /// - Throws: what reading the history throws.
  init(
    _ model: RiskModelFile, _ history: HistoryStore, asOf: CalendarDay, past: [PastRun]
  ) throws {
    drift = try Drift.measure(model, history, asOf: asOf)
    try judge(past, model.recipe.definition, history, asOf: asOf)
  }

  private mutating func judge(
    _ past: [PastRun], _ definition: ChurnDefinition, _ history: HistoryStore, asOf: CalendarDay
  ) throws {
    for run in past.reversed() where run.day + run.horizonDays <= asOf {
      guard matured.count < Self.lists, let document = try? AtRiskDocument(contentsOf: run.scores),
        let list = try MaturedList(
          LiveList(document), definition: definition, contacts: history.contacts, history,
          knownThrough: asOf)
      else { continue }
      matured.append(list)
    }
  }

  /// What became of the newest list whose window has been seen to its end, in one sentence.
  var outcome: String {
    guard let list = matured.first else {
      return
        "No earlier list with probabilities has been seen to its end yet, so what was expected cannot "
        + "be set against what came."
    }
    let part = list.all
    let interval =
      part.ratio.low.flatMap { low in part.ratio.high.map { (low, $0) } }
      .map { ", 95 % interval \(decimals($0, 2)) to \(decimals($1, 2))" } ?? ""
    return
      "Of the list of \(list.asOf), \(grouped(part.lost)) of \(counted(part.rows, "subscription")) "
      + "were lost, where \(decimals(part.expected, 1)) were expected (observed over expected "
      + "\(part.ratio.value.map { decimals($0, 2) } ?? "unknown")\(interval))."
  }

  /// Why the model should be trained anew; nil while it fits.
  var alarm: String? {
    if let list = matured.first(where: \.uncontacted.isOff) {
      return "of the losses that the list of \(list.asOf) expected, \(Self.ratio(list.uncontacted))"
    }
    guard let drift = drift.first(where: \.scores.isAlarm) else { return nil }
    return "its scores are spread differently from those of \(drift.since)"
  }

  private static func ratio(_ part: MaturedList.Part) -> String {
    "\(decimals((part.ratio.value ?? 0) * 100, 0)) % came"
  }

  var attention: [Attention] {
    var found: [Attention] = []
    for list in matured where list.uncontacted.isOff {
      found.append(
        Attention(
          "calibrationOff",
          "Of every 100 losses that the list of \(list.asOf) expected among those nobody spoke with, "
            + "\(decimals((list.uncontacted.ratio.value ?? 0) * 100, 0)) came: its probabilities are off.",
          Message(
            .remarkCalibrationOff, [.count: ((list.uncontacted.ratio.value ?? 0) * 100).rounded()],
            texts: [.date: list.asOf.description])))
    }
    for change in drift where change.scores.isAlarm {
      found.append(
        Attention(
          "scoreDrift",
          "Customers score differently than on \(change.since): the stability index is "
            + "\(decimals(change.scores.value, 2)), where chance gives at most "
            + "\(decimals(change.scores.critical, 2)). Something has changed in the business or in the "
            + "exports.",
          Message(
            .remarkScoreDrift,
            [.value: change.scores.value, .critical: change.scores.critical],
            texts: [.date: change.since.description])))
    }
    for change in drift where !change.features.isEmpty {
      let names = change.features.prefix(5).map(\.name).joined(separator: ", ")
      found.append(
        Attention(
          "featureDrift",
          "\(counted(change.features.count, "feature")) changed since \(change.since), most of all "
            + "\(names).",
          Message(
            .remarkFeatureDrift, [.count: Double(change.features.count)],
            texts: [.date: change.since.description, .text: names]),
          severity: .information))
    }
    return found
  }

  var json: JSONValue {
    func json(_ index: StabilityIndex) -> JSONObject {
      [
        "value": .number(index.value), "critical": .number(index.critical),
        "alarm": .bool(index.isAlarm), "customersThen": .integer(index.earlier),
        "customersNow": .integer(index.later),
      ]
    }
    func json(_ part: MaturedList.Part) -> JSONValue {
      func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
      return [
        "rows": .integer(part.rows), "lost": .integer(part.lost),
        "expected": .number(part.expected),
        "ratio": number(part.ratio.value), "low": number(part.ratio.low),
        "high": number(part.ratio.high),
      ]
    }
    return [
      "drift": .array(
        drift.map { change in
          [
            "since": .string(change.since.description), "scores": .object(json(change.scores)),
            "features": .array(
              change.features.map { feature in
                var object: JSONObject = ["name": .string(feature.name)]
                for (key, value) in json(feature.index).members { object.append(key, value) }
                return .object(object)
              }),
          ]
        }),
      "maturedLists": .array(
        matured.map {
          [
            "asOf": .string($0.asOf.description), "all": json($0.all),
            "contacted": json($0.contacted), "uncontacted": json($0.uncontacted),
          ]
        }),
    ]
  }
}
