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

  /// The window of the last `days` days up to `through`, or nil when it reaches before the first
  /// usage seen: what nobody recorded is unknown, not zero.
  package func window(ofDays days: Int) -> ClosedRange<CalendarDay>? {
    window(ofDays: days, endingBefore: 0)
  }

  /// The window of `days` days that ends `offset` days before `through`.
  package func window(ofDays days: Int, endingBefore offset: Int) -> ClosedRange<CalendarDay>? {
    guard let from else { return nil }
    let last = through - offset
    let first = last - (days - 1)
    return first >= from ? first...last : nil
  }
}
