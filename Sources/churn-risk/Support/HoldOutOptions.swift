import CommandLineKit
import Reporting

/// Leaving some customers alone, to learn what calls are worth.
struct HoldOutOptions: ParsableGroup {
  static let title = "Hold-out"

  @Option(
    value: "SHARE",
    help: "Leaves this share of the customers off the lists, the same ones every week.",
    whenAbsent: "those whom the scores leave alone", accepting: .within(0.01...0.5))
  var holdOut: Double?
  @Option(
    value: "AMOUNT",
    help:
      "Customers with a row worth more than this, or whose cost is not known, are never left alone.",
    whenAbsent: "required with --hold-out", accepting: .atLeast(0))
  var holdOutBelow: Double?

  @Option(
    value: "CODE", help: "The currency of --hold-out-below, such as USD.",
    whenAbsent: "that of --rates, or the only one there is")
  var holdOutCurrency: String?

  /// What was asked for; nil when it was not.
  var policy: ListingPolicy.HoldOut? {
    get throws {
      switch (holdOut, holdOutBelow) {
      case (let share?, let below?):
        ListingPolicy.HoldOut(share: share, greatestValue: below, currency: holdOutCurrency)
      case (nil, nil) where holdOutCurrency == nil: nil
      default:
        throw UsageError(
          "--hold-out and --hold-out-below go together, --hold-out-currency only with them: nobody of value is left alone by accident."
        )
      }
    }
  }
}
