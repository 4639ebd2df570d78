import History

/// Who a subscription of the workload belongs to, and what it is called.
struct WorkloadNames: Hashable {
  var customerTenantId: String
  var customerName: String
  var subscriptionId: String
  var subscriptionName: String

  /// The names of subscription `number`; on average two and a half subscriptions share a customer.
  init(subscription number: Int, in workload: Workload) {
    let customerCount = max(1, workload.subscriptions * 2 / 5)
    let customer = below(customerCount, randomBits(.customerCount, UInt64(number), 0))
    customerTenantId = guid(.customer, UInt64(customer))
    subscriptionId = guid(.subscription, UInt64(number))
    // Some names need escapes in JSON, some quotes in CSV, some are not ASCII.
    customerName =
      switch customer % 20 {
      case 3: "Ortiz, Vega \(customer)"
      case 7: "\"Big\" Box \(customer)"
      case 11: "Müller KG \(customer)"
      case 17: "東京電気 \(customer)"
      default: "Customer \(customer)"
      }
    subscriptionName =
      switch number % 4 {
      case 0: "Azure plan"
      case 1: "PROD-\(number % 100)"
      case 2: "Dev/Test"
      default: "Backups"
      }
  }
}

/// A GUID of version 4 (RFC 9562 §5.4) that depends on its purpose and number only.
func guid(_ purpose: Purpose, _ number: UInt64) -> String {
  GUID(
    high: randomBits(purpose, number, 1) & 0xFFFF_FFFF_FFFF_0FFF | 0x4000,
    low: randomBits(purpose, number, 2) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
  ).description
}
