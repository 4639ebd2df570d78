internal import History

/// Who sells: the partner itself (direct) or an indirect reseller below it.
struct Reseller: Sendable {
  /// Upper-case GUID, as `partnerId` is written.
  var partnerId: String
  var partnerName: String
  /// The indirect provider above the reseller; nil when the partner sells directly.
  var providerName: String?
  /// Added to the log of the weekly risk of every subscription it sold.
  var logRisk: Double
  /// Relative number of customers within its partner tenant.
  var weight: Double

  var isDirect: Bool { providerName == nil }
}

/// One partner tenant: its exports are taken on its own weekday.
struct PartnerTenant: Sendable {
  /// Upper-case GUID, as `partnerTenantId` is written.
  var tenantId: String
  var name: String
  /// Export days lie this many days before the as-of day's weekday: 0, or 5 (Monday → Wednesday).
  var daysBefore: Int
  /// The first sells directly.
  var resellers: [Reseller]

  /// The reseller that switches auto-renew off for all it sold, out of policy and without intent.
  static let policyReseller = 2
  /// The reseller that raises its prices.
  static let priceReseller = 1

  static func all(count: Int, seed: UInt64) -> [PartnerTenant] {
    let names = [
      (
        "Fjordlight Cloud",
        ["Quillbyte IT", "Harrowgate Nine", "Ostara Systemhaus", "Kumoha Partners"]
      ),
      ("Mistralène Distribution", ["Réseaux Calanque", "Informatica Belvento", "Nubes Aldaria"]),
    ]
    let risks = [-0.25, 0.55, 0.0, -0.5, 0.3]
    let weights = [42.0, 16, 18, 13, 11]
    return names.prefix(count).enumerated().map { tenant, name in
      var chance = SplitMix64(seed: seed, path: [1, UInt64(tenant)])
      let tenantId = chance.guid().exported
      let sellers = [name.0] + name.1
      return PartnerTenant(
        tenantId: tenantId, name: name.0, daysBefore: tenant == 0 ? 0 : 5,
        resellers: sellers.enumerated().map { index, seller in
          Reseller(
            partnerId: chance.guid().exported, partnerName: seller,
            providerName: index == 0 ? nil : name.0, logRisk: risks[index], weight: weights[index])
        })
    }
  }
}

extension GUID {
  /// Upper case, as the analytics resources write it.
  var exported: String { description.uppercased() }
}
