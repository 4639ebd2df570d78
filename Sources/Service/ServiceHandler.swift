internal import Access
internal import Files
internal import History
internal import HTTPServer

/// Answers every request, and takes note of it.
struct ServiceHandler: HTTPHandler {
  private let state: ServiceState
  private let tell: @Sendable (String) -> Void
  private let table: [String: any Route]

  init(_ state: ServiceState, tell: @escaping @Sendable (String) -> Void) {
    self.state = state
    self.tell = tell
    table = Dictionary(uniqueKeysWithValues: routes.map { ($0.path, $0) })
  }

  func answer(_ request: HTTPRequest) -> HTTPAnswer {
    var request = request
    if state.isBehindProxy { request.takeForwardedPeer() }
    var visit = Visit(request, state)
    let (path, query) = Self.parts(of: request.target)
    do {
      guard let route = table[path] ?? TokenRoute.route(for: path) else {
        // Whom the log names, if there is somebody, is worth the look.
        visit.reader = try? state.reader(of: request)
        throw ServiceError.notFound
      }
      visit.route = route.name
      visit.reader =
        route.access == .open ? try? state.reader(of: request) : try state.reader(of: request)
      guard route.methods.contains(request.method) else {
        throw ServiceError.methodNotAllowed(route.methods)
      }
      try state.check(route.access, visit.reader, request)
      let call = Call(
        request: request, path: path, query: query, reader: visit.reader, service: state)
      switch try route.answer(call) {
      case .made(let answer): return .now(visit.end(answer))
      case .work(let work): return self.answer(work, visit)
      case .ask(let lane, let body): return self.answer(lane, visit, body)
      }
    } catch {
      return .now(visit.end(failure(error, visit.route)))
    }
  }

  func refuse(_ request: HTTPRequest, status: Int) -> HTTPResponse {
    let error: ServiceError =
      switch status {
      case 413: .bodyTooLong
      case 503: .stopping
      default: .ambiguous
      }
    return Visit(request, state).end(MadeAnswer(error))
  }

  /// The path without a slash at its end, and what stands behind the question mark.
  ///
  /// A proxy may send the whole address, with scheme and host (RFC 9112, 3.2.2).
  private static func parts(of target: String) -> (path: String, query: Substring?) {
    var rest = target[...]
    for scheme in ["http://", "https://"] where rest.hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
      rest = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
    }
    let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?"))
    var path = String(rest[..<(mark ?? rest.endIndex)])
    if path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    return (path, mark.map { rest[rest.utf8.index(after: $0)...] })
  }

  // MARK: - Answers that take time

  private func answer(_ work: RouteAnswer.Work, _ visit: Visit) -> HTTPAnswer {
    let state = state
    let version: DataVersion
    do {
      version = try state.data.version(of: work.parts)
    } catch {
      return .now(visit.end(failure(error, visit.route)))
    }
    // Whose customers somebody sees must not be told from before.
    let mayBeOld = visit.reader?.accountManager == nil
    let known = state.cache.look(work.question, version, mayBeOld: mayBeOld)
    switch known {
    case .current(let answer), .old(let answer, isBeingRenewed: true):
      state.metrics.countCached()
      return .now(visit.end(answer))
    case .old, .nothing: break
    }
    let make: @Sendable (ServiceData) throws -> MadeAnswer
    do {
      make = try work.prepare()
    } catch {
      return .now(visit.end(failure(error, visit.route)))
    }
    if case .old(let answer, _) = known {
      ask(work, version, visit, make) { _ in }
      state.metrics.countCached()
      return .now(visit.end(answer))
    }
    return .later { reply in
      ask(work, version, visit, make) { reply.send(visit.end($0)) }
    }
  }

  /// Has an answer made, unless somebody makes it already, and hands it over.
  private func ask(
    _ work: RouteAnswer.Work, _ version: DataVersion, _ visit: Visit,
    _ make: @escaping @Sendable (ServiceData) throws -> MadeAnswer,
    _ receive: @escaping AnswerCache.Receiver
  ) {
    switch state.cache.findOrWait(work.question, version, receive) {
    case .made(let answer): receive(answer)
    case .waiting: break
    case .missing:
      let isTaken = state.workers(work.lane).take(for: visit.owner) {
        self.make(work, version, visit.route, make)
      }
      if !isTaken {
        state.cache.finish(work.question, version, with: MadeAnswer(.busy), keptAs: nil)
      }
    }
  }

  /// Makes an answer, and gives it to all who wait for it.
  ///
  /// Files beside the history are read one after the other. Where one of them changed meanwhile the answer may
  /// be of two states, and is made again.
  private func make(
    _ work: RouteAnswer.Work, _ asked: DataVersion, _ route: String,
    _ make: (ServiceData) throws -> MadeAnswer
  ) {
    var version = asked
    for _ in 0..<3 {
      let begin = ContinuousClock.now
      let (answer, isWhole) = made(route) { try make(state.data) }
      let after = try? state.data.version(of: work.parts)
      if !isWhole || after == version || !work.parts.isOfSeveralFiles {
        return state.cache.finish(
          work.question, asked, with: answer, keptAs: isWhole ? version : nil,
          freshAt: after == version ? .now : begin)
      }
      version = after ?? asked
    }
    state.cache.finish(work.question, asked, with: MadeAnswer(.busy), keptAs: nil)
  }

  private func answer(
    _ lane: RouteAnswer.Lane, _ visit: Visit, _ body: @escaping @Sendable () throws -> MadeAnswer
  ) -> HTTPAnswer {
    .later { reply in
      let isTaken = state.workers(lane).take(for: visit.owner) {
        let answer = self.made(visit.route, body).answer
        reply.send(visit.end(answer))
      }
      if !isTaken { reply.send(visit.end(MadeAnswer(.busy))) }
    }
  }

  private func made(
    _ route: String, _ body: () throws -> MadeAnswer
  ) -> (answer: MadeAnswer, isKept: Bool) {
    do {
      return (try body(), true)
    } catch {
      return (failure(error, route), false)
    }
  }

  /// The answer to a request that could not be answered.
  ///
  /// What is ours to mend is told to whoever runs the service; the reader gets no paths.
  private func failure(_ error: any Error, _ route: String) -> MadeAnswer {
    if let error = error as? ServiceError { return MadeAnswer(error) }
    tell("The request of \(route) failed: \(error)")
    if let error = error as? HistoryError, error.kind == .busy { return MadeAnswer(.busy) }
    return MadeAnswer(
      ServiceError(
        status: error is HistoryError || error is FileError ? 503 : 500, code: "unavailable",
        description:
          "The data cannot be read just now. Whoever runs the service finds the reason in its messages."
      ))
  }
}
