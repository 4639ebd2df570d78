/// How many of the subscriptions with usage the subscription exports know as Azure subscriptions.
///
/// Partner Center has two ids for one thing, the plan and the Azure subscription below it, and exports
/// of different tenants look alike. When usage and subscriptions carry different ids, every
/// subscription looks unused: nothing fails, and every score is wrong.
package struct IdMatch: Sendable, Hashable {
  /// Subscriptions with usage, at least 1.
  package var withUsage: Int
  /// Those among them that a subscription export has shown as Azure, or without a type.
  package var known: Int

  /// A match of counts; `known` is at most `withUsage`.
  package init(withUsage: Int, known: Int) {
    self.withUsage = withUsage
    self.known = known
  }

  /// The match of two groups of subscriptions together; nil is a group without usage.
  package static func sum(_ one: IdMatch?, _ other: IdMatch?) -> IdMatch? {
    guard let one, let other else { return one ?? other }
    return IdMatch(
      withUsage: one.withUsage + other.withUsage, known: one.known + other.known)
  }

  /// `known` as a share of `withUsage`.
  package var share: Double { Double(known) / Double(withUsage) }

  /// Below this share the two speak of different things.
  package static let lowestShare = 0.5

  /// Whether a person must look before anything that rests on usage is believed.
  package var isTooLow: Bool { share < Self.lowestShare }

  /// What is wrong and what to do, for a person; nil when nothing is.
  package var warning: String? {
    guard isTooLow else { return nil }
    return "only \(known) of the \(withUsage) subscriptions with usage "
      + "(\(Int((share * 100).rounded(.down))) %) appear as Azure subscriptions in the subscription "
      + "exports; the two may use different ids or come from different tenants: compare "
      + "subscriptionId of the usage with id of the subscriptions"
  }
}
