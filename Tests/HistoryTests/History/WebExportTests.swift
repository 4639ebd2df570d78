import TestSupport
import Testing

@testable import History

/// What Partner Center's web pages export, in every language that the documentation names columns in.
struct WebExportTests {
  /// Headers as the documentation of each language lists them.
  static let customerHeaders = [
    "Microsoft ID,Company name,Primary domain name,Relationship",
    "Microsoft-ID,Firmenname,Primärer Domänenname,Beziehung",
    "Microsoft-ID,Unternehmensname,Name der primären Domäne,Beziehung",
    "ID Microsoft,Nom de la société,Nom de domaine principal,Relation",
    "Id. de Microsoft,Nombre de la empresa,Nombre de dominio principal,Relación",
    "Microsoft ID,会社名,プライマリ ドメイン名,関係", "Microsoft ID,公司名稱,主要網域名稱,關係",
  ]
  static let subscriptionHeaders = [
    "Subscription ID,Subscription,Quantity,Status,Reseller",
    "Abonnement-ID,Abonnement,Menge,Status,Händler",
    "ID d’abonnement,Abonnement,Quantité,État,Revendeur",
    "Id. de suscripción,Suscripción,Cantidad,Estado,Revendedor",
    "サブスクリプション ID,サブスクリプション,数量,状態,リセラー", "訂閱識別碼,訂閱,數量,狀態,經銷商",
  ]
  static let activityHeaders = [
    "Date-Time,Affected customer,Action,Partner user",
    "Date-Heure,Client affecté,Action,Utilisateur partenaire",
    "Fecha y hora,Cliente afectado,Acción,Usuario asociado",
    "日時,影響を受けるユーザー,アクション,パートナー ユーザー", "日期 / 時間,受影響客戶,動作,合作夥伴使用者",
  ]

  @Test(arguments: customerHeaders) func `reads a customer list`(header: String) throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06/Customers.csv",
      header + "\n\(guid(1).description.uppercased()),Relecloud,rele.example.com,Cloud Reseller\n")
    let file = try folder.import("2025-01-06").files[0]
    #expect((file.format, file.rowsAccepted) == ("customer list", 1))
    #expect(file.notes.isEmpty)
    let row = try #require(try folder.reading().contextRows(.customers).first)
    #expect(row.text("customerTenantId") == "\(guid(1))")
    #expect(row.text("customerName") == "Relecloud")
    #expect(row.text("domainName") == "rele.example.com")
    #expect(row.text("relationship") == "Cloud Reseller")
  }

  @Test(arguments: subscriptionHeaders)
  func `reads the subscriptions of one customer`(header: String) throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06/export.csv",
      header + "\n\(guid(1).description.uppercased()),Microsoft 365 E3,25,Active,1234567\n")
    let file = try folder.import("2025-01-06").files[0]
    #expect((file.format, file.rowsAccepted) == ("subscriptions of one customer", 1))
    #expect(file.notes.isEmpty)
    let row = try #require(try folder.reading().contextRows(.customerSubscriptions).first)
    #expect(row.text("subscriptionId") == "\(guid(1))")
    #expect(row.text("friendlyName") == "Microsoft 365 E3")
    #expect(row.count("licenseCount") == 25)
    #expect(row.text("status") == "Active")
    #expect(row.text("reseller") == "1234567")
  }

  @Test(arguments: activityHeaders) func `reads an activity log`(header: String) throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06/log.csv", header + "\n2025-01-02 10:00:00,Relecloud,Created a referral,Robin\n")
    let file = try folder.import("2025-01-06").files[0]
    #expect((file.format, file.rowsAccepted) == ("activity log", 1))
    #expect(file.notes.isEmpty)
    #expect(try folder.reading().events().map(\.day) == [day("2025-01-02")])
  }

  @Test func `one customer's export makes no other subscription look missing`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/s.json", envelope((1...20).map { subscriptionRow($0, tenant: $0) }))
    try folder.import("2025-01-06")
    let before = try folder.reading()
    folder.write(
      "2025-01-13/export.csv",
      Self.subscriptionHeaders[0] + "\n\(guid(1)),Azure plan,0,Active,\n")
    folder.write(
      "2025-01-13/customers.csv", Self.customerHeaders[0] + "\n\(guid(1)),A,a.example,R\n")
    try folder.import("2025-01-13")
    let after = try folder.reading()
    #expect(after.sources == before.sources)
    #expect(after.sources.map(\.days.count) == [1])
    #expect(try after.customers() == before.customers())
    #expect(try after.status().sources == before.status().sources)
  }

  @Test func `no column of the web pages goes by the name of another of its table`() {
    let tables: [[WebColumn]] = [
      [.microsoftId, .companyName, .primaryDomainName, .relationship, .tags],
      [.subscriptionId, .subscription, .quantity, .status, .reseller],
      [.dateTime, .affectedCustomer, .action, .partnerUser, .status, .additionalInformation],
    ]
    for table in tables {
      let names = table.flatMap(\.headers).map { $0.lowercased() }
      #expect(Set(names).count == names.count)
    }
  }
}
