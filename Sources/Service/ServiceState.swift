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
  let isSecure: Bool
  private let queries: Workers
  private let pages: Workers

  /// Bytes of answers that are kept for whoever asks the same.
  private static let cacheSize = 128 << 20
  /// Requests that may wait for a worker.
  private static let longestQueue = 256

  init(_ settings: ServiceSettings, activity: ActivityLog) {
    data = ServiceData(settings.places)
    let path = settings.tokens
    tokensPath = path
    tokens = KeptFile(path) { try TokenFile.read(path) }
    activityFolder = settings.activity
    self.activity = activity
    isLoopback = settings.address.isLoopback
    isSecure = settings.tls != nil
    cache = AnswerCache(limit: Self.cacheSize)
    queries = Workers("queries", threads: settings.threads, longest: Self.longestQueue)
    // A page takes all threads and the most memory: one at a time.
    pages = Workers("pages", threads: 1, longest: Self.longestQueue)
  }

  func workers(_ lane: RouteAnswer.Lane) -> Workers {
    switch lane {
    case .query: queries
    case .page: pages
    }
  }
}

/// Today, UTC.
func today() -> CalendarDay { UTCTime.now().day }
