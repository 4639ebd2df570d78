internal import Files
internal import History

/// The account managers of the partner, and the tenants that are its own.
///
/// Owners are assigned on all four levels, the more specific over the less: markets for direct
/// customers, resellers, large customers, single subscriptions. Some markets have nobody, and one
/// customer changes hands on a day.
struct OwnersFile {
  let tenants: [PartnerTenant]
  let customers: [CustomerProfile]

  private struct Manager {
    var name: String
    var email: String
  }

  private static let managers = [
    Manager(name: "Ines Halloway", email: "ines.halloway@partner.example"),
    Manager(name: "Jonas Brandeke", email: "jonas.brandeke@partner.example"),
    Manager(name: "Mireille Aubracq", email: "mireille.aubracq@partner.example"),
    Manager(name: "田辺 ゆき", email: "yuki.tanabe@partner.example"),
    Manager(name: "Oskar Lindmarken", email: "oskar.lindmarken@partner.example"),
    Manager(name: "Tomás Arrietaga", email: "tomas.arrietaga@partner.example"),
    Manager(name: "Aoife \"Effy\" Kinsalla", email: "aoife.kinsalla@partner.example"),
  ]

  /// Manager of each market's direct customers; IE and FI have none.
  private static let managerOfMarket = [
    ("DE", 1), ("ES", 5), ("FR", 2), ("IT", 2), ("JP", 3), ("NL", 4), ("US", 0),
  ]

  func write(to folder: SimulationFolder) throws {
    try writeFile(folder.staged("owners.csv")) { file in
      try file.write(
        "subscriptionId,customerTenantId,partnerId,customerMarket,accountManager,email,from\n")
      for row in ownerRows {
        try file.write(row.map { DelimitedWriter.field($0) }.joined(separator: ",") + "\n")
      }
    }
    try writeFile(folder.staged("exclusions.csv")) { file in
      try file.write("customerTenantId,reason\n")
      for customer in customers {
        guard let use = customer.internalUse else { continue }
        try file.write("\(customer.customerTenantId),\(use.rawValue)\n")
      }
    }
  }

  private var ownerRows: [[String]] {
    var rows: [[String]] = []
    func add(
      subscription: String = "", customer: String = "", partner: String = "", market: String = "",
      _ manager: Int, from: String = ""
    ) {
      let manager = Self.managers[manager % Self.managers.count]
      rows.append([subscription, customer, partner, market, manager.name, manager.email, from])
    }
    for (market, manager) in Self.managerOfMarket { add(market: market, manager) }
    // The last reseller of each tenant is nobody's.
    for (index, reseller) in tenants.flatMap({ $0.resellers.dropFirst().dropLast() }).enumerated() {
      add(partner: reseller.partnerId, index)
    }
    let large = customers.filter { $0.subscriptions.count >= 5 && $0.internalUse == nil }
    for (index, customer) in large.enumerated() {
      add(customer: customer.customerTenantId, index)
      guard let start = customer.subscriptions.map(\.start).max() else { continue }
      if index == 0 { add(customer: customer.customerTenantId, index + 1, from: "\(start)") }
      if index.isMultiple(of: 10), let first = customer.subscriptions.first {
        add(subscription: first.id.exported, index + 3)
      }
    }
    return rows
  }
}
