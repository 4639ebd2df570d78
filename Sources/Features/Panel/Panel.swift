internal import ForkJoin
package import History

/// The labelled table a model learns from: every eligible subscription on every landmark.
package struct Panel: Sendable {
  package private(set) var table = FeatureTable()
  /// Rows left out because what came of them has not been seen; see `Labeler.label`.
  package private(set) var immatureRows = 0
  /// The landmarks with at least one labelled row, ascending.
  package var landmarks: [CalendarDay] { Set(table.rows.map(\.landmark)).sorted() }

  /// Builds the panel customer by customer; others count in the reference statistics only.
  ///
  /// - Parameters:
  ///   - everything: the whole history; each landmark cuts it.
  ///   - landmarks: in any order, none after `knownThrough`; the rows of a customer come by landmark,
  ///     then by id.
  ///   - lag: reporting lag in days, ≥ 0.
  ///   - rules: which subscriptions are rows at all, and which left in another way.
  ///   - definition: what counts as churn.
  ///   - knownThrough: the day from which labels look back, usually the day of training.
  /// - Throws: what reading the history throws.
  package init(
    history everything: some HistorySource, landmarks: [CalendarDay], lag: Int,
    rules: StandingRules, definition: ChurnDefinition, knownThrough: CalendarDay
  ) throws {
    precondition(
      landmarks.allSatisfy { $0 <= knownThrough }, "Panel: a landmark after \(knownThrough)")
    let history = KnownHistory(everything, on: knownThrough)
    let days = Set(landmarks + [knownThrough]).sorted()
    let statistics = try ReferenceStatistics(history: history, landmarks: days, lag: lag)
    let requested = Set(landmarks)
    let contexts = statistics.contexts.filter { requested.contains($0.asOf) }
    let labeler = Labeler(
      definition: definition, sources: history.sources, lag: lag, rules: rules,
      coverage: statistics.coverage, knownThrough: knownThrough)
    var firstNumber = 0
    try history.forEachCustomerBatch(size: 512) { customers in
      let base = firstNumber
      let parts = concurrentMap(count: customers.count) { index in
        PanelPart(
          customers[index], number: Int32(base + index), contexts: contexts, rules: rules,
          labeler: labeler)
      }
      for part in parts {
        table.append(part.table)
        immatureRows += part.immatureRows
      }
      firstNumber += customers.count
    }
  }
}

/// The rows of one customer.
private struct PanelPart: Sendable {
  var table = FeatureTable()
  var immatureRows = 0

  init(
    _ history: CustomerHistory, number: Int32, contexts: [LandmarkContext], rules: StandingRules,
    labeler: Labeler
  ) {
    let timeline = CustomerTimeline(history)
    let byId = Dictionary(
      history.subscriptions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let events = byId.mapValues { labeler.events(of: $0, in: history) }
    for context in contexts {
      let snapshot = CustomerSnapshot(timeline, at: context)
      for subscription in snapshot.subscriptions {
        guard let past = byId[subscription.id], let churn = events[subscription.id],
          rules.standing(of: subscription, at: context) == .scored,
          labeler.definition.covers(subscription)
        else { continue }
        guard let label = labeler.label(past, churn, on: context.asOf) else {
          immatureRows += 1
          continue
        }
        table.append(subscription, in: snapshot, number: number, label: label)
      }
    }
  }
}
