/// What was erased, and what could not be.
package struct ForgetReport: Sendable, Hashable {
  /// Nothing was written.
  package var isRehearsal: Bool
  /// Subscriptions of which nothing is left.
  package var subscriptions = 0
  /// How often exports had shown a subscription.
  package var observations = 0
  /// As they were stored: a corrected line counts as two.
  package var usageLines = 0
  /// Rows of other tables: owners, exclusions, what else is known of a customer.
  package var otherRows = 0
  /// Imports of which nothing is left and that are no longer listed.
  package var imports = 0
  /// Numbers of the imports whose file's name holds the customer's name or id.
  package var importsNamingCustomer: [Int64] = []
  /// The customer was erased before; only the traces were cleaned once more.
  package var wasForgotten = false
  /// Somebody else has the store open, so that its log still holds what was erased.
  package var isLogInUse = false
  /// The copy that a migration has left beside the store.
  package var olderCopy: String?
}
