internal import History

/// Whether the usage of a source's subscriptions is its own, or that of the whole history.
///
/// Usage files may come in the sources of the subscriptions, one for each partner tenant, or all in
/// one source, which may have a name of its own. What is known about a source's subscriptions is then
///
/// ```
///   one source has exported subscriptions        all usage: it can only be about them
///   the source has dated usage exports           its own lines; all usage where there are none, since
///                                                its usage was imported and says they are idle
///   a source without subscriptions has them      all usage: it is about everyone
///   none of these                                its own lines, or nothing: where no line of any of
///                                                its subscriptions came, its usage was not imported
/// ```
/// In the last case a small tenant none of whose subscriptions was ever used stays unknown, too: that
/// costs one feature of few rows, where "never used" for a whole tenant would be false for all of it.
struct UsageOrigin: Sendable {
  private let isSingle: Bool
  private let isShared: Bool
  private let exportsUsage: [Bool]

  /// - Parameters:
  ///   - sources: all, also those that begin later.
  ///   - day: the day on which one looks. Before the first export of any source the rows to come tell
  ///     whose a subscription is, and the usage exports to come whose usage is.
  init(_ sources: [Source], on day: CalendarDay) {
    let isBefore = sources.firstExportDay.map { day < $0 } ?? false
    func hasBegun(_ days: [CalendarDay]) -> Bool {
      days.first.map { isBefore || $0 <= day } ?? false
    }
    exportsUsage = sources.map { hasBegun($0.usageDays) }
    let exports = sources.map { hasBegun($0.days.map(\.day)) }
    isSingle = exports.count { $0 } <= 1
    isShared = zip(exports, exportsUsage).contains { !$0 && $1 }
  }

  /// What counts as the usage of `source`.
  ///
  /// - Parameters:
  ///   - source: index into the sources.
  ///   - whole: what is known of all usage.
  ///   - own: what is known of the lines of its subscriptions.
  /// - Returns: one of the two; nil when nothing is known.
  func choice<Known>(of source: Int, whole: Known?, own: Known?) -> Known? {
    if isSingle { return whole }
    if exportsUsage[source] { return own ?? whole }
    return isShared ? whole : own
  }
}
