package import History

/// From which day to which day the usage of one source can be known on a landmark.
///
/// ```
///   from                  newest    through      asOf
///   ├── usage lines known ───┤ ······· ┤ ── lag ──┤
/// ```
/// Before `from` nobody recorded anything: such days are unknown, not silent. A silence between
/// `newest` and `through` is one: its lines would have come.
package struct UsageSpan: Sendable, Hashable {
  /// The first usage day known; nil when no usage is known.
  package let from: CalendarDay?
  /// The newest usage day known, at most L − lag; nil when no usage is known.
  package let newest: CalendarDay?
  /// The last day whose usage counts.
  package let through: CalendarDay

  /// Whether all of the last `days` days up to `through` could be known: what nobody recorded is unknown,
  /// not zero.
  func reaches(days: Int) -> Bool { from.map { through - (days - 1) >= $0 } ?? false }
}
