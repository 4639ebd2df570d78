/// Which Partner Center an export comes from.
package enum NationalCloud: String, Sendable, Hashable, CaseIterable {
  case global
  /// Its own partner account on the addresses of the global cloud.
  case usGovernment = "us-government"
  /// Operated by 21Vianet in China: no Azure subscriptions, no referrals.
  case china = "21vianet"
  /// Closed in 2021; old exports are read as any other.
  case germany

  /// The cloud that an address belongs to; nil when several clouds share it.
  package init?(address: String) {
    let host = address.lowercased()
    if host.contains("microsoftonline.cn") || host.contains("partnercenter.cn") {
      self = .china
    } else if host.contains("microsoftonline.de") {
      self = .germany
    } else {
      return nil
    }
  }

  /// What a person should know about exports of this cloud; nil when there is nothing.
  package var peculiarity: String? {
    switch self {
    case .china:
      "Partner Center operated by 21Vianet has no Azure subscriptions and no referrals, as Microsoft "
        + "documents it; what its exports call Azure all the same is scored"
    case .germany: "the German cloud was closed in 2021; nothing of this source is current"
    case .global, .usGovernment: nil
    }
  }
}
