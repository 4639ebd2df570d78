internal import ForkJoin
package import History

/// The labelled table a model learns from: every eligible subscription on every landmark.
package struct Panel: Sendable {
  package private(set) var table = FeatureTable()
  /// Rows left out because what came of them has not been seen; see `Labeler.label`.
  package private(set) var immatureRows = 0
  /// Azure subscriptions that were shown as lost in the 91 days through the day from which labels look back.
  package private(set) var lostLately = 0
  /// Customers that are held at a time, their rows too: more would be no faster and take memory.
  private static let batch = 256
  private static let customersOfPart = 8

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
    lostLately =
      statistics.contexts.last?.peers.sources.reduce(0) { $0 + Int($1?.lost91 ?? 0) } ?? 0
    let requested = Set(landmarks)
    let labeler = Labeler(
      definition: definition, sources: history.sources, lag: lag, rules: rules,
      coverage: statistics.coverage, knownThrough: knownThrough)
    let landmarks = statistics.contexts.filter { requested.contains($0.asOf) }.map {
      LabelledLandmark($0, labeler.window(after: $0.asOf))
    }
    table.reserveCapacity(statistics.mostRows)
    // Threads that count references to one object wait for each other: each works with landmarks of its own.
    let idle = Monitor<[[LabelledLandmark]]>([])
    try history.mapCustomers(batch: Self.batch, inPartsOf: Self.customersOfPart) {
      customers, first in
      let own =
        idle.changeQuietly { $0.popLast() } ?? landmarks.map { LabelledLandmark(copying: $0) }
      defer { idle.changeQuietly { $0.append(own) } }
      return PanelPart(
        customers, number: Int32(first), frame: statistics.frame, landmarks: own, rules: rules,
        labeler: labeler)
    } combine: { parts in
      table.append(parts.map(\.table))
      immatureRows += parts.reduce(0) { $0 + $1.immatureRows }
    }
  }
}

/// A landmark and what came after it.
private final class LabelledLandmark: Sendable {
  let context: LandmarkContext
  let window: Labeler.Window

  init(_ context: LandmarkContext, _ window: Labeler.Window) {
    (self.context, self.window) = (context, window)
  }

  /// The same for one thread; see `LandmarkContext.init(copying:)`.
  convenience init(copying other: LabelledLandmark) {
    self.init(LandmarkContext(copying: other.context), other.window)
  }
}

/// The rows of some customers.
private struct PanelPart: Sendable {
  /// Snapshots that are held before their features are taken, as many as the nearest caches hold.
  private static let mostSubjects = 64
  /// Lines that only landmarks of theirs hold, until the features are taken.
  private static let mostOwnLines = 200_000

  private(set) var table = FeatureTable()
  private(set) var immatureRows = 0
  private var subjects: [FeatureTable.Subject] = []
  private var ownLines = 0

  init(
    _ customers: ArraySlice<CustomerHistory>, number: Int32, frame: ReferenceFrame,
    landmarks: [LabelledLandmark], rules: StandingRules, labeler: Labeler
  ) {
    table.reserveCapacity(
      customers.reduce(0) { $0 + $1.subscriptions.count } * landmarks.count)
    for (history, number) in zip(customers, number...) {
      add(history, number: number, frame, landmarks, rules, labeler)
    }
    takeFeatures()
  }

  private mutating func add(
    _ history: CustomerHistory, number: Int32, _ frame: ReferenceFrame,
    _ landmarks: [LabelledLandmark], _ rules: StandingRules, _ labeler: Labeler
  ) {
    let timeline = CustomerTimeline(history, frame)
    let isListed = history.subscriptions.map {
      rules.exclusions.isListed($0, of: history.customerTenantId)
    }
    let events = zip(history.subscriptions, isListed).map {
      labeler.events(of: $0, in: history, isListed: $1)
    }
    for landmark in landmarks {
      let (context, window) = (landmark.context, landmark.window)
      let snapshot = CustomerSnapshot(timeline, at: context)
      for subscription in snapshot.subscriptions {
        let standing = rules.standing(
          of: subscription, at: context, isListed: isListed[subscription.place])
        guard standing == .scored, labeler.definition.covers(subscription)
        else { continue }
        guard
          let label = labeler.label(
            history.subscriptions[subscription.place], events[subscription.place],
            shownBy: subscription.source, in: window)
        else {
          immatureRows += 1
          continue
        }
        subjects.append(
          FeatureTable.Subject(
            subscription, in: snapshot, number: number, label: label,
            followUp: labeler.followUp(
              events[subscription.place], shownBy: subscription.source, in: window)))
      }
      ownLines += snapshot.subscriptions.reduce(0) { $0 + $1.usage.ownLineCount }
      if subjects.count >= Self.mostSubjects || ownLines >= Self.mostOwnLines { takeFeatures() }
    }
  }

  private mutating func takeFeatures() {
    table.append(subjects)
    subjects.removeAll(keepingCapacity: true)
    ownLines = 0
  }
}
