/// What the checks of the quality report look at.
struct QualityFacts {
  /// A file as it was imported.
  struct File {
    var path: String
    var resource: Resource
    var source: String
    var observedOn: CalendarDay
    var rowsAccepted = 0
    var rowsRejected = 0
    var rowsIgnored = 0
    /// Accepted rows about the same thing as another row of the file.
    var rowsTwice = 0
    /// Whether it names a further page.
    var hasNextLink = false
    /// The rows of all pages together, where the file says so.
    var totalCount: Int?
    /// Why rows were rejected, what was not understood, dates of the future.
    var notes: [ImportNote] = []
    /// Whether the report is about it; the others are there to compare with.
    var isInQuestion = true

    var rowsRead: Int { rowsAccepted + rowsRejected + rowsIgnored }
  }

  /// How often a column of a source's newest complete subscription export is empty.
  struct ColumnShare {
    var source: String
    /// The last file of the export.
    var file: String
    var day: CalendarDay
    /// As the reference names it.
    var column: String
    /// Rows without a value.
    var missing: Int
    /// Rows of Azure subscriptions, at least 1.
    var rows: Int
  }

  /// Which subscriptions usage speaks of.
  struct UsedSubscriptions {
    /// All of them.
    var withUsage = 0
    /// Those that no subscription export has ever shown.
    var usageOnly = 0
    /// Those among them whose customer has Azure subscriptions in the exports.
    var ofKnownCustomers = 0
    /// Those that the exports show, but not as Azure.
    var ofOtherTypes = 0
  }

  /// Usage that is older than the subscription it belongs to.
  struct EarlyUsage {
    /// Subscriptions with usage and a start.
    var subscriptions = 0
    /// Those with usage more than a day before it.
    var early = 0
  }

  /// Whether the report is about all of the history, or only about the files in question.
  var isWholeHistory = true
  /// Every import, by day, source and path.
  var files: [File] = []
  /// With their subscription exports, by name.
  var sources: [Source] = []
  var idMatch: IdMatch?
  /// The days with usage of anyone, ascending.
  var usageDays: [CalendarDay] = []
  /// The newest day of the usage lines that came with a source, by its name.
  var newestUsageDays: [String: CalendarDay] = [:]
  /// By source, then column; empty when nobody asked.
  var columns: [ColumnShare] = []
  /// nil when nobody asked.
  var used: UsedSubscriptions?
  /// nil when nobody asked.
  var earlyUsage: EarlyUsage?

  /// The files the report is about.
  var filesInQuestion: [File] { files.filter(\.isInQuestion) }

  /// The newest day that anything tells of: a subscription export, or a usage line.
  ///
  /// The day of a usage file does not count: a file that was copied may be dated much later. Nor does a
  /// usage day after the last file: the usage of a month stands on its last day.
  var newestObservation: CalendarDay? {
    let told = (sources.compactMap { $0.days.last?.day } + newestUsageDays.values).max()
    let last = files.lazy.filter(\.resource.isEvidence).map(\.observedOn).max()
    return told.flatMap { told in last.map { min(told, $0) } }
  }

  /// The sources that the files in question belong to.
  var sourcesInQuestion: [Source] {
    let names = Set(filesInQuestion.map(\.source))
    return sources.filter { names.contains($0.name) }
  }

  /// What is known of a source's subscription export of a day.
  func export(of source: String, on day: CalendarDay) -> ExportDay? {
    sources.first { $0.name == source }?.days.first { $0.day == day }
  }

  /// The last file of a source, kind and day.
  func file(of source: String, _ resource: Resource, on day: CalendarDay) -> File? {
    files.last { $0.source == source && $0.resource == resource && $0.observedOn == day }
  }
}

extension Sequence<CalendarDay> {
  /// The median of the days from each day to the next; of two middle ones the longer.
  ///
  /// - Returns: nil with fewer than three steps, which have no usual length.
  package var usualStep: Int? {
    let steps = zip(dropFirst(), self).map { later, earlier in later - earlier }.sorted()
    return steps.count < 3 ? nil : steps[steps.count / 2]
  }
}
