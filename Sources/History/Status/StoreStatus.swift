/// What a store holds and how good it is.
package struct StoreStatus: Sendable, Hashable {
  /// How many subscriptions of a type were last seen in a status.
  package struct SubscriptionCount: Sendable, Hashable {
    /// As written, for instance `Azure`; empty when unknown.
    package var subscriptionType: String
    /// Upper case; empty when unknown.
    package var status: String
    /// At least 1.
    package var count: Int
  }

  /// The last exports of one source.
  package struct SourceStatus: Sendable, Hashable {
    /// As in `Source`.
    package var name: String
    /// Days with a subscription export.
    package var subscriptionExports: Int
    /// The newest of them.
    package var lastSubscriptionExport: CalendarDay?
    /// Whether absence from the last export means something; nil without an export.
    package var isLastExportComplete: Bool?
    /// The days before it whose export is incomplete, ascending.
    package var incompleteExports: [CalendarDay] = []
    /// Usage files.
    package var usageImports: Int
    /// The newest observation day of them, dated or not.
    package var lastUsageImport: CalendarDay?
    /// Which Partner Center it comes from.
    package var cloud: NationalCloud
  }

  /// Something that was not understood, over all imports.
  package struct Note: Sendable, Hashable {
    /// What was not understood.
    package var kind: ImportNote.Kind
    /// The column, or `column=value`.
    package var name: String
    /// The rows that had it.
    package var rows: Int
  }

  /// By type, then status.
  package var subscriptions: [SubscriptionCount] = []
  /// Distinct customer tenants.
  package var customers = 0
  /// By name.
  package var sources: [SourceStatus] = []
  /// Files that are part of the history.
  package var imports = 0

  /// Distinct (subscription, day, meter).
  package var usageLines = 0
  /// Lines whose quantity was changed by a later export.
  package var usageCorrections = 0
  /// The first usage date; nil without usage.
  package var firstUsageDay: CalendarDay?
  /// The last usage date; nil without usage.
  package var lastUsageDay: CalendarDay?
  /// Runs of days without any usage between the first and the last day: missing exports, not churn.
  package var usageGaps: [ClosedRange<CalendarDay>] = []
  /// The 95 % point of the delays; nil when too few dated usage exports were imported.
  package var reportingLagDays: Int?
  /// Days from the last usage to the last observation; nil without either.
  package var stalenessDays: Int?

  /// Subscriptions with usage that no subscription export has ever shown.
  package var unknownSubscriptions = 0
  /// Their usage lines.
  package var unknownSubscriptionLines = 0
  /// How many subscriptions with usage the exports know as Azure; nil without either.
  package var idMatch: IdMatch?
  /// The same as a share.
  package var idMatchShare: Double? { idMatch?.share }

  /// Rows that could not be used, over all imports.
  package var rowsRejected = 0
  /// Rows that are known to be of no use, over all imports.
  package var rowsIgnored = 0
  /// By kind, then name.
  package var notes: [Note] = []

  /// What the logs suggest to exclude, by day.
  package var proposedExclusions: [ProposedExclusion] = []

  /// What a person should look at.
  package var warnings: [String] = []
  /// What is odd about the data, the worst first.
  package var quality: [QualityFinding] = []
}

extension ClosedRange<CalendarDay> {
  /// How many days there are from the first to the last.
  package var dayCount: Int { upperBound - lowerBound + 1 }
}
