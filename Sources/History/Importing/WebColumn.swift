// The columns of what Partner Center's web pages export, in the languages of its documentation.
//
// The words are those with which Microsoft's documentation in each language lists the columns, in its
// older editions (translated by people) and its newer ones (by machine):
//
//   https://learn.microsoft.com/LANGUAGE/partner-center/customers/see-your-customer-list
//   https://learn.microsoft.com/LANGUAGE/partner-center/account-settings/activity-logs
//
// Where a language is missing from a column, its documentation uses the English word or leaves it out.

/// A column of an exported table.
enum WebColumn: CaseIterable {
  // Customers.csv
  case microsoftId, companyName, primaryDomainName, relationship, tags
  // Export subscriptions
  case subscriptionId, subscription, quantity, status, reseller
  // Activity log
  case dateTime, affectedCustomer, action, partnerUser, additionalInformation

  /// What it is called in the English export.
  var english: String { headers[0] }

  /// Every name it goes by, each once, English first.
  var headers: [String] {
    var seen: Set<String> = []
    return Self.catalog.compactMap { $0.headers[self] }.flatMap { $0 }.filter {
      seen.insert($0.lowercased()).inserted
    }
  }

  private static let catalog: [(language: String, headers: [WebColumn: [String]])] = [
    (
      "en",
      [
        .microsoftId: ["Microsoft ID"], .companyName: ["Company name"],
        .primaryDomainName: ["Primary domain name"], .relationship: ["Relationship"],
        .tags: ["Tags"],
        .subscriptionId: ["Subscription ID"], .subscription: ["Subscription"],
        .quantity: ["Quantity"], .status: ["Status"], .reseller: ["Reseller"],
        .dateTime: ["Date-Time"], .affectedCustomer: ["Affected customer"], .action: ["Action"],
        .partnerUser: ["Partner user", "Performed by"],
        .additionalInformation: ["Additional information"],
      ]
    ),
    (
      "de",
      [
        .microsoftId: ["Microsoft-ID"], .companyName: ["Unternehmensname", "Firmenname"],
        .primaryDomainName: ["Name der primären Domäne", "Primärer Domänenname"],
        .relationship: ["Beziehung"],
        .subscriptionId: ["Abonnement-ID"], .subscription: ["Abonnement"], .quantity: ["Menge"],
        .status: ["Status"], .reseller: ["Händler"],
        .action: ["Aktion"], .partnerUser: ["Partnerbenutzer"],
        .additionalInformation: ["Zusätzliche Informationen"],
      ]
    ),
    (
      "fr",
      [
        .microsoftId: ["ID Microsoft"], .companyName: ["Nom de la société"],
        .primaryDomainName: ["Nom de domaine principal"], .relationship: ["Relation"],
        .subscriptionId: ["ID d’abonnement", "ID d'abonnement"], .subscription: ["Abonnement"],
        .quantity: ["Quantité"], .status: ["État"], .reseller: ["Revendeur"],
        .dateTime: ["Date-Heure"], .affectedCustomer: ["Client affecté"], .action: ["Action"],
        .partnerUser: ["Utilisateur partenaire"],
        .additionalInformation: ["Informations supplémentaires"],
      ]
    ),
    (
      "es",
      [
        .microsoftId: ["Id. de Microsoft", "Identificador de Microsoft"],
        .companyName: ["Nombre de la empresa"],
        .primaryDomainName: ["Nombre de dominio principal", "Nombre del dominio principal"],
        .relationship: ["Relación"],
        .subscriptionId: ["Id. de suscripción"], .subscription: ["Suscripción"],
        .quantity: ["Cantidad"], .status: ["Estado"], .reseller: ["Revendedor"],
        .dateTime: ["Fecha y hora"], .affectedCustomer: ["Cliente afectado"], .action: ["Acción"],
        .partnerUser: ["Usuario asociado", "Usuario de partner"],
        .additionalInformation: ["Información adicional"],
      ]
    ),
    (
      "ja",
      [
        .microsoftId: ["Microsoft ID"], .companyName: ["会社名"],
        .primaryDomainName: ["プライマリ ドメイン名", "プライマリドメイン名"], .relationship: ["関係"],
        .subscriptionId: ["サブスクリプション ID"], .subscription: ["サブスクリプション"],
        .quantity: ["数量"], .status: ["状態"], .reseller: ["リセラー"],
        .dateTime: ["日時"], .affectedCustomer: ["影響を受けるユーザー"], .action: ["アクション"],
        .partnerUser: ["パートナー ユーザー"], .additionalInformation: ["追加情報"],
      ]
    ),
    (
      "zh-Hant",
      [
        .microsoftId: ["Microsoft ID"], .companyName: ["公司名稱"],
        .primaryDomainName: ["主要網域名稱"], .relationship: ["關係"],
        .subscriptionId: ["訂閱識別碼"], .subscription: ["訂閱"], .quantity: ["數量"],
        .status: ["狀態"], .reseller: ["經銷商"],
        .dateTime: ["日期 / 時間"], .affectedCustomer: ["受影響客戶"], .action: ["動作"],
        .partnerUser: ["合作夥伴使用者"], .additionalInformation: ["其他資訊"],
      ]
    ),
  ]
}
