import Glibc
import History
import RiskModel
import Words

/// Whether exports come when they should, by the rhythm of each source.
struct RunPunctuality {
  private let sources: [Source]
  /// The newest observation.
  private let asOf: CalendarDay

  init(_ sources: [Source], asOf: CalendarDay) {
    self.sources = sources
    self.asOf = asOf
  }

  /// A source this many days behind is not missing, however often it is exported.
  private static let tolerance = 10
  /// The same for the newest export of all, which a run may well be repeated with.
  private static let toleranceToday = 14
  /// How long one is told that a source has ended, in days since its last export.
  private static let toldThrough = 365

  /// Sources that used to come and did not come this time, and those that have ended.
  ///
  /// It follows from the history alone, so that a repeated run says the same.
  var attention: [Attention] {
    sources.compactMap { source in
      let days = source.days.map(\.day).filter { $0 <= asOf }
      guard let last = days.last else { return nil }
      let silence = asOf - last
      let limit = max(Self.tolerance, days.usualStep.map { $0 * 3 / 2 } ?? 0)
      guard silence > limit else { return nil }
      let message = Message(
        .remarkSourceMissing, [.days: Double(silence)],
        texts: [.text: source.name, .date: last.description])
      let text =
        "Source '\(source.name)' was last exported on \(last), \(silence) days before \(asOf). "
      guard silence > Source.endedAfterDays else {
        return Attention(
          "sourceMissing", text + "Its subscriptions are scored by what was known then.", message)
      }
      // Whose usage still comes has not ended: somebody forgot its subscriptions.
      let hasEnded = source.hasEnded(on: asOf)
      guard silence <= Self.toldThrough || !hasEnded else { return nil }
      return Attention(
        "sourceEnded",
        text
          + "It is no longer waited for. Its subscriptions are scored by what was known then; a list "
          + "of exclusions takes them off the lists.", message,
        severity: hasEnded ? .information : .warning)
    }
  }

  /// Set when no new export has come for longer than usual: the lists are those of last time.
  ///
  /// It depends on the clock, so it belongs to what is told and not to the files of the run.
  ///
  /// - Parameter today: what the clock says, in UTC.
  /// - Returns: nil while a new export may still be on its way.
  func lateness(on today: CalendarDay) -> Attention? {
    let usual = shortestStep
    let limit = max(Self.toleranceToday, usual.map { $0 * 3 / 2 } ?? 0)
    guard today - asOf > limit else { return nil }
    return Attention(
      "noNewExport",
      "The newest export is of \(asOf), \(today - asOf) days before today, \(today)"
        + (usual.map { "; exports used to come every \(counted($0, "day"))" } ?? "")
        + ". These lists tell how things were on \(asOf). Check whether the exports are still downloaded."
    )
  }

  /// Days from one export to the next, as they used to come; a week where too few tell.
  var usualStep: Int { max(1, shortestStep ?? 7) }

  /// Of the sources that still come; nil where too few exports tell.
  private var shortestStep: Int? {
    sources.filter { !$0.hasEnded(on: asOf) }.compactMap { $0.days.map(\.day).usualStep }.min()
  }

  /// Today, in UTC.
  static var today: CalendarDay { CalendarDay(daysSinceEpoch: Int32(time(nil) / 86_400)) }
}
