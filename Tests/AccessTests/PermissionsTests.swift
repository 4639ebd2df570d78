import Testing

@testable import Access

struct PermissionsTests {
  /// The whole table once more, written by hand: p(age) s(ubscriptions) u(sage) r(esellers) S(earches)
  /// R(eferrals) k (risk) a(ctivity) t(okens) m(etrics); then € revenue, @ personal data, 1 own customers.
  private static let table: [(Role, String, String)] = [
    (.globalAdmin, "psurSRkatm", "€@"),
    (.adminAgent, "psurSRka.m", "€@"),
    (.mpnPartnerAdmin, "psurSRk..m", "€@"),
    (.userManagementAdmin, "........t.", ""),
    (.executiveReportViewer, "psurSRk..m", "€@"),
    (.reportViewer, "psurSRk...", ""),
    (.salesAgent, "psu...k...", "€@1"),
  ]
  private static let letters: [(ServiceResource, Character)] = [
    (.page, "p"), (.subscriptions, "s"), (.usage, "u"), (.resellers, "r"), (.searches, "S"),
    (.referrals, "R"), (.risk, "k"), (.activity, "a"), (.tokens, "t"), (.metrics, "m"),
  ]

  @Test func `the table of roles, resources and fields is this one`() {
    #expect(Self.table.map(\.0) == Role.allCases)
    #expect(Self.letters.map(\.0) == ServiceResource.allCases)
    for (role, resources, fields) in Self.table {
      let permissions = Permissions(role)
      for (resource, letter) in Self.letters {
        #expect(
          permissions.allows(resource) == resources.contains(letter), "\(role) and \(resource)")
      }
      #expect(permissions.includesRevenue == fields.contains("€"), "\(role)")
      #expect(permissions.includesPersonalData == fields.contains("@"), "\(role)")
      #expect(permissions.isConfinedToOwnCustomers == fields.contains("1"), "\(role)")
    }
  }

  @Test func `only two roles manage tokens, and one of them none of a global admin`() {
    for role in Role.allCases {
      let managed = Permissions(role).mayManage
      switch role {
      case .globalAdmin: #expect(managed == Set(Role.allCases))
      case .userManagementAdmin:
        #expect(managed == Set(Role.allCases.filter { $0 != .globalAdmin }))
      default: #expect(managed.isEmpty, "\(role)")
      }
      #expect(Permissions(role).allows(.tokens) == !managed.isEmpty, "\(role)")
    }
  }
}
