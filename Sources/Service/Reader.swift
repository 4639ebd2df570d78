internal import Access
internal import Analytics
internal import History
internal import UsagePage

/// Who asks, and with what rights.
struct Reader: Sendable {
  let token: TokenRecord
  let permissions: Permissions
  let via: ActivityEntry.Means

  init(_ token: TokenRecord, via: ActivityEntry.Means) {
    self.token = token
    permissions = Permissions(token.role)
    self.via = via
  }

  /// The same for all readers who may see the same.
  var rights: String {
    var rights = permissions.includesRevenue ? "revenue" : "-"
    rights += permissions.includesPersonalData ? " personal" : " -"
    if let accountManager { rights += " of \(accountManager)" }
    return rights
  }

  /// Whose customers alone the reader sees; nil for all.
  ///
  /// A token that should have one and has none sees nothing.
  var accountManager: String? {
    permissions.isConfinedToOwnCustomers ? token.accountManager ?? "" : nil
  }

  private var hidden: Set<Sensitivity> {
    var hidden: Set<Sensitivity> = []
    if !permissions.includesRevenue { hidden.insert(.revenue) }
    if !permissions.includesPersonalData { hidden.insert(.personal) }
    return hidden
  }

  /// What the reader sees, as far as fields go; whose rows, `scope(_:in:)` tells.
  var fields: AnalyticsScope {
    var scope = AnalyticsScope.everything
    scope.hidden = hidden
    return scope
  }

  /// What the reader sees of a history.
  func scope(_ data: ServiceData, in history: DatedHistory) throws -> AnalyticsScope {
    var scope = fields
    scope.subscriptions = try subscriptions(data, in: history)
    return scope
  }

  /// What the reader sees on the page.
  func pageScope(_ data: ServiceData, in history: DatedHistory) throws -> PageScope {
    PageScope(
      subscriptions: try subscriptions(data, in: history),
      includesMoney: permissions.includesRevenue,
      includesNames: permissions.includesPersonalData)
  }

  private func subscriptions(_ data: ServiceData, in history: DatedHistory) throws -> Set<GUID>? {
    guard let accountManager else { return nil }
    return try data.subscriptions(ownedBy: accountManager, in: history)
  }
}
