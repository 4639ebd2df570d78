import Files
import History
import Learning
import Reporting
import RiskModel

/// Whether the model still fits: drift of scores and features, and what became of past lists.
///
/// Only what speaks of the model in use is an alarm: lists that it made, and drift since it was trained. What
/// an older model promised, and what changed before the training, is told and asks for nothing: the model in
/// use was trained since, and training it once more would change nothing about that.
struct RunMonitoring {
  private(set) var drift: [Drift] = []
  private(set) var matured: [MaturedList] = []
  /// The days of those of the lists that the model in use made.
  private(set) var own: Set<CalendarDay> = []
  /// The day on which the model in use was trained.
  private var trainedOn: CalendarDay?

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
    trainedOn = model.asOf
    try judge(runs, of: model, history, asOf: asOf)
    guard matured.isEmpty, let previous, let day = CalendarDay(previous.asOf),
      day + previous.horizonDays <= asOf,
      let list = try MaturedList(
        LiveList(previous), definition: definition, contacts: history.contacts, history,
        knownThrough: asOf)
    else { return }
    add(list, madeBy: previous, model)
  }

  /// - Throws: what reading the history throws.
  init(
    _ model: RiskModelFile, _ history: HistoryStore, asOf: CalendarDay, past: [PastRun]
  ) throws {
    trainedOn = model.asOf
    drift = try Drift.measure(model, history, asOf: asOf)
    try judge(past, of: model, history, asOf: asOf)
  }

  private mutating func judge(
    _ past: [PastRun], of model: RiskModelFile, _ history: HistoryStore, asOf: CalendarDay
  ) throws {
    let definition = model.recipe.definition
    for run in past.reversed() where run.day + run.horizonDays <= asOf {
      guard matured.count < Self.lists, let document = try? AtRiskDocument(contentsOf: run.scores),
        let list = try MaturedList(
          LiveList(document), definition: definition, contacts: history.contacts, history,
          knownThrough: asOf)
      else { continue }
      add(list, madeBy: document, model)
    }
  }

  private mutating func add(
    _ list: MaturedList, madeBy document: AtRiskDocument, _ model: RiskModelFile
  ) {
    matured.append(list)
    if document.model.sha256 == model.sha256 { own.insert(list.asOf) }
  }

  /// Whether the change came after the training.
  func isNew(_ drift: Drift) -> Bool { trainedOn.map { drift.since >= $0 } ?? false }

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
    if let list = matured.first(where: { $0.uncontacted.isOff && own.contains($0.asOf) }) {
      return "of the losses that the list of \(list.asOf) expected, \(Self.ratio(list.uncontacted))"
    }
    guard let drift = drift.first(where: { $0.scores.isAlarm && isNew($0) }) else {
      return nil
    }
    return "its scores are spread differently from those of \(drift.since)"
  }

  private static func ratio(_ part: MaturedList.Part) -> String {
    "\(decimals((part.ratio.value ?? 0) * 100, 0)) % came"
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
            "isOfThisModel": .bool(own.contains($0.asOf)),
          ]
        }),
    ]
  }
}
