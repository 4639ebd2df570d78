package import CommandLineKit
package import History

/// A day as an option's value.
extension CalendarDay: ParsableValue {
  package init?(argument: String) { self.init(argument) }
  package var argumentText: String { description }
  package static var syntax: ValueSyntax {
    ValueSyntax("a day such as 2026-11-16", placeholder: "DAY")
  }
}

/// The order of day and month as an option's value.
extension DateOrder: ParsableValue {}

/// A national cloud as an option's value.
extension NationalCloud: ParsableValue {}
