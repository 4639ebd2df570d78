internal import Access
internal import Files
internal import History
internal import HTTPServer
internal import Synchronization

/// What all requests of a service share.
final class ServiceState: Sendable {
  let data: ServiceData
  let tokens: KeptFile<TokenRegistry>
  let tokensPath: String
  let sessions = SessionStore()
  let activityFolder: ActivityFolder
  let activity: ActivityLog
  let metrics = Metrics()
  let cache: AnswerCache
  /// Whether only this machine can reach the service.
  let isLoopback: Bool
  /// Whether a proxy on this machine speaks with the clients.
  let isBehindProxy: Bool
  /// Whether clients reach it by TLS.
  let isSecure: Bool
  private let queries: Workers
  private let pages: Workers
  private let control: Workers

  /// Bytes of answers that are kept for whoever asks the same.
  private static let cacheSize = 128 << 20
  /// Requests that may wait for a worker.
  private static let longestQueue = 256

  init(
    _ settings: ServiceSettings, activity: ActivityLog, tell: @escaping @Sendable (String) -> Void
  ) {
    data = ServiceData(settings.places, tell: tell)
    let path = settings.tokens
    tokensPath = path
    // Whoever damages the file must not leave those in who were to be shut out.
    tokens = KeptFile(path, mustBeThere: true, keepsOld: false, tell: tell) {
      try TokenFile.read(path)
    }
    activityFolder = settings.activity
    self.activity = activity
    isLoopback = settings.address.isLoopback
    isBehindProxy = settings.isBehindProxy
    isSecure = settings.tls != nil || settings.isBehindProxy
    cache = AnswerCache(limit: Self.cacheSize)
    queries = Workers(
      "queries", threads: settings.threads + 1, threadsForOne: settings.threads,
      longest: Self.longestQueue)
    // A page takes all threads and the most memory: one at a time.
    pages = Workers("pages", threads: 1, threadsForOne: 1, longest: Self.longestQueue)
    // Revoking a token must not wait for whoever makes the service busy.
    control = Workers("control", threads: 1, threadsForOne: 1, longest: Self.longestQueue)
  }

  func workers(_ lane: RouteAnswer.Lane) -> Workers {
    switch lane {
    case .query: queries
    case .page: pages
    case .control: control
    }
  }
}

/// Today, UTC.
func today() -> CalendarDay { UTCTime.now().day }
