public import CommandLineKit
public import History

/// A day as an option's value.
extension CalendarDay: ParsableValue {
  /// Fails for what is no day.
  public init?(argument: String) { self.init(argument) }
  /// As `init(argument:)` reads it.
  public var argumentText: String { description }
  /// How a day is written.
  public static var syntax: ValueSyntax {
    ValueSyntax("a day such as 2026-11-16", placeholder: "DAY")
  }
}

/// The order of day and month as an option's value.
extension DateOrder: ParsableValue {}

/// A national cloud as an option's value.
extension NationalCloud: ParsableValue {}
