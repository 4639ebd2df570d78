/// Knows the rows of an import that speak of something erased, and remembers what it was asked.
struct ForgottenRows {
  private let tombstones: Tombstones
  private var subscriptions: [GUID: Bool] = [:]
  private var tenants = ByteInterner()
  private var isTenantForgotten: [Bool] = []

  /// So many different texts are remembered; hostile files with more only cost time.
  private static let textLimit = 1 << 20

  init(_ tombstones: Tombstones) { self.tombstones = tombstones }

  /// Usage of earlier days is not wanted; nil: of none.
  var before: CalendarDay? { tombstones.before }
  /// Whether nobody was erased.
  var isEmpty: Bool { tombstones.isEmpty }

  /// Whether a row speaks of somebody who was erased.
  ///
  /// - Parameters:
  ///   - subscription: of the row; nil where it names none.
  ///   - tenant: as written; empty where the row names none.
  /// - Returns: true for a row that must not be stored.
  mutating func contains(_ subscription: GUID?, tenant: Span<UInt8>) -> Bool {
    guard !isEmpty else { return false }
    if let subscription {
      if subscriptions.count >= Self.textLimit { subscriptions.removeAll() }
      let known = subscriptions[subscription] ?? tombstones.holds(subscription)
      subscriptions[subscription] = known
      if known { return true }
    }
    guard !tenant.isEmpty else { return false }
    if isTenantForgotten.count >= Self.textLimit {
      tenants = ByteInterner()
      isTenantForgotten = []
    }
    let number = tenants.number(of: tenant)
    if number == isTenantForgotten.count {
      isTenantForgotten.append(
        tombstones.holds(tenant: Self.normal(String(copying: tenant))))
    }
    return isTenantForgotten[number]
  }

  /// Whether a row that has nothing but a name speaks of somebody who was erased.
  func contains(name: String) -> Bool { tombstones.holds(name: name) }

  /// A tenant as the store keeps it: a GUID in its usual form, anything else trimmed and in lower case.
  static func normal(_ tenant: String) -> String {
    GUID(tenant)?.description ?? tenant.trimmingSpaces().lowercased()
  }
}
