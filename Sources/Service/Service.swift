internal import Access
internal import Files
package import HTTPServer
internal import Synchronization

// The service: reads the files of the product, changes none but those of tokens and activity.
//
//   HTTPServer ──request──► ServiceHandler: route, who asks, may they ──► route
//      event loop                                                           │ the answer is there: now
//        ▲                                                                  │ else: a worker opens the
//        └──── headers, activity log, metrics ◄── answer ◄── AnswerCache ◄──┘ history and makes it

/// A running service.
package final class Service: Sendable {
  /// Where it listens.
  package let address: ListenAddress
  private let server: HTTPServer
  private let state: ServiceState

  /// Starts; the address takes requests when this returns.
  ///
  /// - Parameters:
  ///   - settings: what is served, where and to whom.
  ///   - tell: told what whoever runs the service must know, a sentence each.
  /// - Throws: when the history, the tokens or the owners cannot be read, the folder of the log cannot be
  ///   made, or the address is not to be had.
  package init(
    _ settings: ServiceSettings, tell: @escaping @Sendable (String) -> Void
  ) throws {
    // What is wrong from the start is told to whoever starts it.
    _ = try TokenFile.read(settings.tokens)
    let teller = Teller(tell)
    let activity = try ActivityLog(settings.activity) { teller.tell("\($0)") }
    state = ServiceState(settings, activity: activity) { teller.tell($0) }
    do {
      _ = try state.data.version(of: [.history, .owners])
      try state.data.readOwners()
      // Scores that cannot be read are told at once; the service does without.
      _ = try? state.data.scores()
      server = try HTTPServer(
        settings.address, tls: settings.tls, threads: settings.threads,
        handler: ServiceHandler(state) { teller.tell($0) })
    } catch {
      activity.close()
      throw error
    }
    address = server.address
  }

  /// Stops: what is being answered is answered, and the log is written.
  package func stop() {
    server.stop()
    state.activity.close()
  }
}
