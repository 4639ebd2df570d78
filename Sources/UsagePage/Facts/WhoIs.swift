internal import Files

/// A customer in a table.
struct WhoIs: Sendable, Hashable {
  let tenant: String
  let name: String?
  let earlierNames: [String]

  var json: JSONObject {
    [
      "customerTenantId": .string(tenant), "customerName": .optional(name),
      "earlierNames": .array(earlierNames.map { .string($0) }),
    ]
  }
}

/// A subscription in a table.
struct WhichSubscription: Sendable, Hashable {
  let customer: WhoIs
  let id: String
  let name: String?
  let product: String?

  var json: JSONObject {
    var object = customer.json
    object["subscriptionId"] = .string(id)
    object["subscriptionName"] = .optional(name)
    object["productName"] = .optional(product)
    return object
  }

  /// By the customer's name, then id: the order of tables whose rows have no other.
  static func isOrdered(_ left: Self, _ right: Self) -> Bool {
    (left.customer.name ?? "\u{10FFFF}", left.customer.tenant, left.id)
      < (right.customer.name ?? "\u{10FFFF}", right.customer.tenant, right.id)
  }
}

extension JSONValue {
  static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
  static func optional(_ number: Int?) -> JSONValue { number.map { .integer($0) } ?? .null }
  static func optional(_ number: Double?) -> JSONValue {
    number.flatMap { $0.isFinite ? .number($0) : nil } ?? .null
  }
}
