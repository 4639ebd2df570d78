/// Which subscriptions share a level, such as a reseller or a market, as one source shows them.
struct LevelKey: Hashable, Sendable {
  /// Index of the source that last showed the subscription.
  private(set) var source: Int
  let level: String

  /// nil without a level.
  init?(_ level: String?, source: Int) {
    guard let level else { return nil }
    self.source = source
    self.level = level
  }

  /// The same level in another source.
  func inSource(_ source: Int) -> LevelKey {
    var key = self
    key.source = source
    return key
  }
}
