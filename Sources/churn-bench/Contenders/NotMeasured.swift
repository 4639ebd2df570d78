/// Why a figure is missing.
struct NotMeasured: Error, Hashable, CustomStringConvertible {
  /// Without a full stop.
  var reason: String
  var description: String { reason }
}
