// The names of a table's columns, whatever program and language wrote them.
//
//   "Subscription ID"   "subscription_id"   "SubscriptionId"   ──► subscriptionid
//   "ID d’abonnement"   "Abonnement-ID"     "サブスクリプション ID" ──► subscriptionid
//
// The API and its tools write one English name; spreadsheets and the portal put spaces into it or
// translate it. To add a language: one line for each name that it has.

/// Brings the titles of columns into the form in which they are compared.
enum HeaderNames {
  /// The title without case, spaces and separators, in English where the translation is known.
  static func canonical(_ title: String) -> String {
    let folded = folded(title)
    return translations[folded] ?? folded
  }

  /// The text without case, spaces and separators.
  static func folded(_ title: String) -> String {
    var folded = ""
    for scalar in title.lowercased().unicodeScalars where !separators.contains(scalar) {
      folded.unicodeScalars.append(scalar)
    }
    return folded
  }

  private static let separators: Set<Unicode.Scalar> = [
    " ", "\u{A0}", "\u{202F}", "\u{3000}", "\t", "_", "-", ".", "'", "\u{2019}", "/", "(", ")",
  ]

  /// By field: French, German, Spanish, Japanese, traditional Chinese, as Microsoft's pages say it.
  private static let titles: [(field: String, titles: [String])] = [
    (
      "customerTenantId",
      ["ID du locataire", "Mandanten-ID", "Id. de inquilino", "テナント ID", "租用戶識別碼"]
    ),
    (
      "customerName",
      ["Nom du client", "Kundenname", "Nombre del cliente", "顧客名", "客戶名稱"]
    ),
    ("customerMarket", ["Marché", "Markt", "Mercado", "市場"]),
    (
      "subscriptionId",
      [
        "ID d’abonnement", "ID de l’abonnement", "Abonnement-ID", "Id. de suscripción",
        "サブスクリプション ID", "訂閱識別碼", "訂用帳戶識別碼",
      ]
    ),
    (
      "subscriptionName",
      [
        "Nom de l’abonnement", "Nom d’abonnement", "Abonnementname", "Nombre de la suscripción",
        "Nombre de suscripción", "サブスクリプション名", "訂閱名稱", "訂用帳戶名稱",
      ]
    ),
    ("status", ["État", "Statut", "Estado", "状態", "ステータス", "狀態"]),
    (
      "productName",
      ["Nom du produit", "Produktname", "Nombre del producto", "製品名", "產品名稱"]
    ),
    (
      "subscriptionType",
      [
        "Type d’abonnement", "Abonnementtyp", "Tipo de suscripción", "サブスクリプションの種類",
        "訂閱類型",
      ]
    ),
    (
      "autoRenewEnabled",
      [
        "Renouvellement automatique", "Automatische Verlängerung", "Renovación automática",
        "自動更新", "自動續約",
      ]
    ),
    ("creationDate", ["Date de création", "Erstellungsdatum", "Fecha de creación", "作成日", "建立日期"]),
    (
      "effectiveStartDate",
      ["Date de début", "Startdatum", "Fecha de inicio", "開始日", "開始日期"]
    ),
    ("commitmentEndDate", ["Date de fin", "Enddatum", "Fecha de finalización", "終了日", "結束日期"]),
    (
      "lastUsageDate",
      [
        "Date de dernière utilisation", "Datum der letzten Verwendung", "Fecha de último uso",
        "最終使用日", "上次使用日期",
      ]
    ),
    ("usageDate", ["Date d’utilisation", "Nutzungsdatum", "Fecha de uso", "使用日", "使用日期"]),
    ("quantity", ["Quantité", "Menge", "Cantidad", "数量", "數量"]),
    (
      "meterCategory",
      [
        "Catégorie de compteur", "Kategorie der Verbrauchseinheit", "Categoría del medidor",
        "測定カテゴリ", "計量類別",
      ]
    ),
    (
      "meterUnit",
      ["Unité de compteur", "Einheit", "Unidad del medidor", "測定単位", "計量單位"]
    ),
    ("licenseCount", ["Nombre de licences", "Anzahl der Lizenzen", "Número de licencias"]),
    ("partnerName", ["Nom du partenaire", "Partnername", "Nombre del asociado", "パートナー名"]),
    ("partnerId", ["ID du partenaire", "Partner-ID", "Id. de asociado", "パートナー ID"]),
  ]

  private static let translations = Dictionary(
    titles.flatMap { entry in entry.titles.map { (folded($0), folded(entry.field)) } },
    uniquingKeysWith: { first, _ in first })
}
