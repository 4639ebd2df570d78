/// What a reader may see: of everybody or of some customers, with or without money and names.
///
/// Confinement happens where the numbers are made, so that no section can forget it.
package struct PageScope: Sendable, Hashable {
  /// The customers whose subscriptions count, by `customerTenantId` in lower case; nil = all.
  package var customers: Set<String>?
  /// Whether costs, values and expected losses are told.
  package var includesMoney: Bool
  /// Whether customers and subscriptions are called by their names; ids alone otherwise.
  package var includesNames: Bool

  /// Everything of everybody, unless told otherwise.
  package init(
    customers: Set<String>? = nil, includesMoney: Bool = true, includesNames: Bool = true
  ) {
    self.customers = customers.map { Set($0.map { $0.lowercased() }) }
    self.includesMoney = includesMoney
    self.includesNames = includesNames
  }

  /// Whether figures of the partner as a whole may be told, such as how good the model is.
  var isWhole: Bool { customers == nil }

  func includes(_ tenant: String?) -> Bool {
    guard let customers else { return true }
    return tenant.map { customers.contains($0.lowercased()) } ?? false
  }
}
