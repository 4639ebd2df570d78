internal import Access
internal import History
internal import HTTPServer
internal import Synchronization

// Answers are made once for each state of the data.
//
//   same question, same state    the answer that was made              no work
//   it is being made             wait for it, with all others who ask  no further work
//   else                         one worker makes it
//
// A question is what was asked and by a reader of what rights; a state is everything that the answer was
// made from.
//
// Where the history changes while many ask the same (an import commits many times a second), all of them would
// wait for each new answer. So a question that comes again and again, each time within 20 ms, is answered from
// before while one worker renews the answer, as long as that was the newest state a quarter of a second ago.
// Whoever asks, imports and asks again gets the new state. Other files are never told from before.

/// An answer that may be given again.
struct MadeAnswer: Sendable {
  var response: HTTPResponse
  /// Rows that it has, where it has rows.
  var rows: Int?
  /// What was asked, without anything personal, as the activity log has it.
  var query = ""
  /// Who signed in by it.
  var signedIn: Reader?
  /// Whose token was not accepted.
  var refused: TokenRecord?
  /// Why there is no other answer; browsers are shown it as a page.
  var error: ServiceError?
}

extension MadeAnswer {
  /// The answer to a request that is not answered as it was meant.
  init(_ error: ServiceError) {
    self.init(response: error.response)
    self.error = error
    refused = error.token
  }
}

/// What an answer answers.
struct Question: Sendable, Hashable {
  /// The route.
  var route: String
  /// Path parameters and the query string, as they were sent.
  var text: String
  /// Of what rights the reader is.
  var reader: String
  var isCompressed: Bool
}

/// Keeps answers, up to so many bytes; the one that nobody asked for the longest goes first.
final class AnswerCache: Sendable {
  enum Found: Sendable {
    case made(MadeAnswer)
    /// The call will be made by whoever makes the answer.
    case waiting
    /// Nobody makes it yet: whoever gets this has to, and to call `finish`.
    case missing
  }

  /// What is known without work.
  enum Known: Sendable {
    case current(MadeAnswer)
    /// From before, and good enough for now.
    case old(MadeAnswer, isBeingRenewed: Bool)
    case nothing
  }

  typealias Receiver = @Sendable (MadeAnswer) -> Void

  private struct Entry {
    var version: DataVersion
    var answer: MadeAnswer
    var lastAsked: UInt64
    /// When it was last known to be of the newest state.
    var freshAt: ContinuousClock.Instant
    var asks: Asks
  }

  /// How often a question comes.
  private struct Asks {
    /// When it last came.
    private var last: ContinuousClock.Instant
    /// How many times without a longer pause.
    private var count = 1

    private static let pause = Duration.milliseconds(20)
    private static let many = 16

    init(_ now: ContinuousClock.Instant) { last = now }

    mutating func note(_ now: ContinuousClock.Instant) {
      count = now - last <= Self.pause ? count + 1 : 1
      last = now
    }

    var areMany: Bool { count > Self.many }
  }

  /// How old an answer may be that is given while it is renewed.
  private static let oldest = Duration.milliseconds(250)

  private struct Flight: Hashable {
    var question: Question
    var version: DataVersion
  }

  private struct State {
    var entries: [Question: Entry] = [:]
    var bytes = 0
    var asked: UInt64 = 0
    /// The state of the history that was last asked for.
    var store: StoreVersion?
    var flights: [Flight: [Receiver]] = [:]
  }

  private let limit: Int
  private let state = Mutex(State())

  /// - Parameter limit: bytes of all answers together.
  init(limit: Int) { self.limit = limit }

  /// The answer to a question, if there is one that can be given.
  ///
  /// - Parameters:
  ///   - question: what is asked.
  ///   - version: the newest state.
  ///   - mayBeOld: whether an answer from shortly before is good enough.
  ///   - now: the time.
  /// - Returns: an old one only while it is being renewed, or has to be by whoever gets it.
  func look(
    _ question: Question, _ version: DataVersion, mayBeOld: Bool,
    now: ContinuousClock.Instant = .now
  ) -> Known {
    state.withLock { state in
      if let store = version.store, store != state.store {
        state.store = store
        Self.dropAnswers(ofOtherThan: store, &state, now)
      }
      if let answer = Self.find(question, version, &state, now) { return .current(answer) }
      state.entries[question]?.asks.note(now)
      guard mayBeOld, let entry = state.entries[question], entry.asks.areMany,
        entry.version.files == version.files, now - entry.freshAt <= Self.oldest
      else { return .nothing }
      let flight = Flight(question: question, version: version)
      return .old(entry.answer, isBeingRenewed: state.flights[flight] != nil)
    }
  }

  /// The answer, or a place among those who wait for it.
  func findOrWait(
    _ question: Question, _ version: DataVersion, _ receive: @escaping Receiver
  ) -> Found {
    state.withLock { state in
      if let answer = Self.find(question, version, &state, .now) { return .made(answer) }
      let flight = Flight(question: question, version: version)
      guard state.flights[flight] == nil else {
        state.flights[flight]?.append(receive)
        return .waiting
      }
      state.flights[flight] = [receive]
      return .missing
    }
  }

  /// Bytes of what is kept.
  var bytes: Int { state.withLock { $0.bytes } }

  /// Gives an answer to all who wait for it.
  ///
  /// - Parameters:
  ///   - question: what was asked.
  ///   - version: that was asked for.
  ///   - answer: what came out.
  ///   - kept: what it was made from, for others to be given it later; nil: for nobody else.
  ///   - freshAt: when that was known to be the newest state.
  func finish(
    _ question: Question, _ version: DataVersion, with answer: MadeAnswer,
    keptAs kept: DataVersion?,
    freshAt: ContinuousClock.Instant = .now
  ) {
    let receivers = state.withLock { state in
      if let kept { keep(answer, question, kept, freshAt, &state) }
      return state.flights.removeValue(forKey: Flight(question: question, version: version)) ?? []
    }
    for receive in receivers { receive(answer) }
  }

  private static func find(
    _ question: Question, _ version: DataVersion, _ state: inout State,
    _ now: ContinuousClock.Instant
  ) -> MadeAnswer? {
    guard let entry = state.entries[question], entry.version == version else { return nil }
    state.asked += 1
    state.entries[question]?.lastAsked = state.asked
    state.entries[question]?.freshAt = now
    state.entries[question]?.asks.note(now)
    return entry.answer
  }

  private func keep(
    _ answer: MadeAnswer, _ question: Question, _ version: DataVersion,
    _ freshAt: ContinuousClock.Instant, _ state: inout State
  ) {
    let size = answer.response.body.count + question.text.utf8.count
    guard size <= limit / 4 else { return }
    var asks = Asks(.now)
    if let old = state.entries.removeValue(forKey: question) {
      asks = old.asks
      state.bytes -= old.answer.response.body.count + question.text.utf8.count
    }
    state.asked += 1
    state.entries[question] = Entry(
      version: version, answer: answer, lastAsked: state.asked, freshAt: freshAt, asks: asks)
    state.bytes += size
    guard state.bytes > limit || state.entries.count > Self.mostEntries else { return }
    makeRoom(&state)
  }

  private static let mostEntries = 10_000

  /// Drops what was made from earlier states of the history: it is never given again, and may hold whom it has
  /// forgotten since.
  private static func dropAnswers(
    ofOtherThan store: StoreVersion, _ state: inout State, _ now: ContinuousClock.Instant
  ) {
    for (question, entry) in state.entries {
      guard let other = entry.version.store, other != store, now - entry.freshAt > oldest else {
        continue
      }
      state.entries[question] = nil
      state.bytes -= entry.answer.response.body.count + question.text.utf8.count
    }
  }

  /// Drops the answers of longest ago, until a quarter of the room is free.
  private func makeRoom(_ state: inout State) {
    let oldestFirst = state.entries.sorted { $0.value.lastAsked < $1.value.lastAsked }
    for (question, entry) in oldestFirst {
      guard state.bytes > limit / 4 * 3 || state.entries.count > Self.mostEntries / 4 * 3 else {
        return
      }
      state.entries[question] = nil
      state.bytes -= entry.answer.response.body.count + question.text.utf8.count
    }
  }
}
