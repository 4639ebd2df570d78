internal import History

/// The partner or indirect reseller who sold the subscription, as a digest.
///
/// Levels end up in the model file, which never holds a tenant id, and `partnerId` can be one: so
/// the level is the 64-bit FNV-1a hash of the id (Fowler, Noll & Vo, IETF draft-eastlake-fnv).
struct PartnerId: CategoricalFeature {
  let description = FeatureDescription(
    "partnerId", .partnerMarket, unit: "level",
    meaning: "Partner or indirect reseller of the subscription, as a digest of its id.",
    missing: "Not observed yet, or not in the export.", source: "partnerId")

  func level(of facts: StateFacts) -> String? {
    facts.partnerId
  }

  /// 16 hexadecimal digits.
  static func digest(_ id: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    let text = id.lowercased()
    let bytes = text.utf8.span
    for index in bytes.indices { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3 }
    let digits = (0..<16).map { place in
      let digit = UInt8(hash >> UInt64(60 - 4 * place) & 0xF)
      return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
    return String(decoding: digits, as: UTF8.self)
  }
}
