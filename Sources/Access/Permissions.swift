/// A role of Partner Center.
///
/// Source: Microsoft, "Assign users roles and permissions in Partner Center".
/// The raw values are what files and the command line say.
package enum Role: String, Sendable, CaseIterable {
  case globalAdmin, adminAgent, mpnPartnerAdmin, userManagementAdmin, executiveReportViewer
  case reportViewer, salesAgent
}

/// What can be asked of the service.
package enum ServiceResource: String, Sendable, CaseIterable {
  case page, subscriptions, usage, resellers, searches, referrals, risk, activity, tokens, metrics
}

// The one table of who may see what. Nothing else in the program compares roles.
//
//                         page  data¹  resellers²  metrics  activity  tokens    revenue  personal  whose
//   globalAdmin            ●     ●      ●           ●        ●         all       ●        ●         all
//   adminAgent             ●     ●      ●           ●        ●                   ●        ●         all
//   mpnPartnerAdmin        ●     ●      ●           ●                            ●        ●         all
//   userManagementAdmin                                                but ga³                      none
//   executiveReportViewer  ●     ●      ●           ●                            ●        ●         all
//   reportViewer           ●     ●      ●                                                           all
//   salesAgent             ●     ●                                               ●        ●         own
//
//   ¹ subscriptions, usage, risk   ² with searches and referrals: they are of the partner as a whole
//   ³ every role but globalAdmin

/// What a role may ask for, and what the answers hold.
package struct Permissions: Sendable {
  private let resources: Set<ServiceResource>
  /// Whether answers hold prices, values and costs.
  package let includesRevenue: Bool
  /// Whether answers hold names and addresses of customers and people.
  package let includesPersonalData: Bool
  /// Whether answers, totals included, are of the customers of the token's account manager alone.
  package let isConfinedToOwnCustomers: Bool
  /// The roles whose tokens may be listed, added and revoked.
  package let mayManage: Set<Role>

  private static let ownData: Set<ServiceResource> = [.page, .subscriptions, .usage, .risk]
  private static let allData = ownData.union([.resellers, .searches, .referrals])

  /// Looks the role up in the table.
  package init(_ role: Role) {
    let everyRole = Set(Role.allCases)
    self =
      switch role {
      case .globalAdmin:
        Self(Self.allData.union([.metrics, .activity, .tokens]), manages: everyRole)
      case .adminAgent: Self(Self.allData.union([.metrics, .activity]))
      case .mpnPartnerAdmin: Self(Self.allData.union([.metrics]))
      case .userManagementAdmin:
        Self(
          [.tokens], revenue: false, personal: false, manages: everyRole.subtracting([.globalAdmin])
        )
      case .executiveReportViewer: Self(Self.allData.union([.metrics]))
      case .reportViewer: Self(Self.allData, revenue: false, personal: false)
      case .salesAgent: Self(Self.ownData, confined: true)
      }
  }

  private init(
    _ resources: Set<ServiceResource>, revenue: Bool = true, personal: Bool = true,
    confined: Bool = false, manages: Set<Role> = []
  ) {
    self.resources = resources
    includesRevenue = revenue
    includesPersonalData = personal
    isConfinedToOwnCustomers = confined
    mayManage = manages
  }

  /// Whether the role may ask for the resource at all.
  package func allows(_ resource: ServiceResource) -> Bool { resources.contains(resource) }
}
