internal import Files

// One audit record, and what it says of subscriptions.
//
//   operationType    ─┐
//   resourceOldValue ─┤ JSON in a text: the subscription, entitlement or transfer before and after
//   resourceNewValue ─┼─► kinds and details   one event for each subscription that is named
//   customizedData   ─┘ [{"key":"SubscriptionId-0","value":"…"}, …]
//
// Names of members come in any case: the API writes customizedData, the values inside are PascalCase.

/// What an audit record says, as far as it can be read.
struct AuditRecord {
  /// nil when it is not known.
  var operation: Operation?
  /// For instance `azure_entitlement`.
  var resourceType = ""
  /// The partner whose log it is.
  var partnerId: GUID?
  private let old: JSONValue?
  private let new: JSONValue?
  /// By key in lower case.
  private var customized: [String: String] = [:]
  private var customizedIds: [GUID] = []

  init(
    operation: Operation?, resourceType: String, partnerId: GUID?, old: JSONValue?,
    new: JSONValue?, customized: JSONValue?
  ) {
    self.operation = operation
    self.resourceType = resourceType.lowercased()
    self.partnerId = partnerId
    self.old = old
    self.new = new
    for entry in customized?.array ?? [] {
      guard let key = entry[anyCase: "key"]?.string?.lowercased(),
        let value = entry[anyCase: "value"]?.plainText
      else { continue }
      self.customized[key] = value
      // SubscriptionId, or SubscriptionId-0, SubscriptionId-1, …
      let isId = ["subscriptionid", "entitlementid"].contains {
        key == $0 || key.hasPrefix($0 + "-")
      }
      if isId, let id = GUID(value), id != .zero { customizedIds.append(id) }
    }
  }

  // MARK: - What it is about

  /// The subscriptions that it names, each once.
  ///
  /// Of an entitlement it is the entitlement, which is the Azure subscription, and not the plan beside
  /// it.
  var subscriptionIds: [GUID] {
    var ids: [GUID] = []
    for value in [new, old] {
      guard let value else { continue }
      var texts: [String?] = [value[anyCase: "entitlementId"]?.string]
      if isAboutSubscription {
        texts.append(value[anyCase: "id"]?.string)
      } else {
        texts.append(value[anyCase: "subscriptionId"]?.string)
        for item in value[anyCase: "lineItems"]?.array ?? [] {
          texts.append(item[anyCase: "subscriptionId"]?.string)
        }
      }
      ids += texts.compactMap { $0.flatMap { GUID($0) } }.filter { $0 != .zero }
    }
    if ids.isEmpty || !resourceType.contains("entitlement") { ids = customizedIds + ids }
    var seen: Set<GUID> = []
    return ids.filter { seen.insert($0).inserted }
  }

  /// Whether the values before and after are those of a subscription or an entitlement.
  private var isAboutSubscription: Bool {
    ["subscription", "azure_entitlement", "azureentitlement"].contains(resourceType)
  }

  /// What happened; at least `other`.
  var happenings: [(kind: EventKind, detail: EventDetail?)] {
    switch operation {
    case .removesCustomer: return [(.customerRemoved, nil)]
    case .createsTransfer, .updatesTransfer: return [transfer]
    default: break
    }
    var found: [(kind: EventKind, detail: EventDetail?)] = []
    if let renewal { found.append((renewal, nil)) }
    if let reason = cancellationReason {
      found.append((.cancelled, reason == "compromise" ? .fraud : nil))
    } else if let change = statusChange {
      found.append(change)
    }
    if !found.isEmpty { return found }
    return switch operation {
    case .migrates: [(.other, .migration)]
    case .upgrades: [(.other, .upgrade)]
    case .tellsOfFraud: [(.other, .fraud)]
    default: [(.other, nil)]
    }
  }

  /// Only a change counts: that a subscription does not renew says nothing of who decided it, or when.
  private var renewal: EventKind? {
    guard isAboutSubscription, let before = old?[anyCase: "autoRenewEnabled"]?.truth,
      let after = new?[anyCase: "autoRenewEnabled"]?.truth, before != after
    else { return nil }
    return after ? .autoRenewOn : .autoRenewOff
  }

  private var statusChange: (kind: EventKind, detail: EventDetail?)? {
    guard isAboutSubscription, let after = new?[anyCase: "status"]?.string?.lowercased()
    else { return nil }
    let before = old?[anyCase: "status"]?.string?.lowercased()
    guard before != after else { return nil }
    let detail: EventDetail? = before == nil ? .unconfirmed : nil
    return switch after {
    case "suspended": (.suspended, detail)
    case "deleted", "inactive", "cancelled", "canceled": (.cancelled, detail)
    case "active" where before == "suspended" || before == "inactive" || before == "disabled":
      (.reactivated, nil)
    default: nil
    }
  }

  /// Lower case; nil for none.
  private var cancellationReason: String? {
    let written =
      new?[anyCase: "cancellationReason"]?.string ?? customized["cancellationreason"] ?? ""
    return written.isEmpty ? nil : written.lowercased()
  }

  /// A transfer that is not completed has moved nothing.
  ///
  /// Where the record does not say, an update is taken for the completion, because that is the one that
  /// changes who sees the subscription.
  private var transfer: (kind: EventKind, detail: EventDetail?) {
    let target = new?[anyCase: "targetPartnerTenantId"]?.string.flatMap { GUID($0) }
    let isIncoming = target != nil && target == partnerId
    let status = new?[anyCase: "status"]?.string ?? customized["status"]
    switch status?.lowercased() {
    case "complete", "completed": return (.transferred, isIncoming ? .incoming : nil)
    case nil where operation == .updatesTransfer:
      return (.transferred, isIncoming ? .incoming : .unconfirmed)
    default: return (.other, nil)
    }
  }
}

extension JSONValue {
  /// The member whose key is this one, whatever the case of its letters.
  fileprivate subscript(anyCase key: String) -> JSONValue? {
    object?.members.last { $0.key.lowercased() == key.lowercased() }?.value
  }

  /// A boolean, also as a text.
  fileprivate var truth: Bool? { bool ?? string.flatMap { parsedBoolean($0) } }

  /// A text, or a plain value as text; nil for none.
  fileprivate var plainText: String? {
    switch self {
    case .string(let text): text
    case .integer(let integer): String(integer)
    case .bool(let flag): String(flag)
    default: nil
    }
  }
}
