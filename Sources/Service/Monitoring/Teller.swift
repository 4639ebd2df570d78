internal import Access
internal import Synchronization

/// Passes on what whoever runs the service must know, each sentence once a minute at most.
///
/// What every request meets would fill a log otherwise.
final class Teller: Sendable {
  private let pass: @Sendable (String) -> Void
  private let told = Mutex<[String: Int]>([:])

  private static let pause = 60
  private static let most = 100

  init(_ pass: @escaping @Sendable (String) -> Void) { self.pass = pass }

  func tell(_ text: String) {
    let now = UTCTime.now().seconds
    let isNew = told.withLock { told in
      if let last = told[text], now - last < Self.pause { return false }
      if told.count >= Self.most { told = [:] }
      told[text] = now
      return true
    }
    if isNew { pass(text) }
  }
}
