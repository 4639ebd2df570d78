/// How far back the services of a subscription and of those like it are compared.
enum PeerWindow: CaseIterable, Sendable {
  case days28, days91
  /// Every day of which usage is known.
  case known
}
