import HTTPServer
import Synchronization
import Testing

@testable import History
@testable import Service

struct AnswerCacheTests {
  private func question(_ text: String, reader: String = "all") -> Question {
    Question(route: "subscriptions", text: text, reader: reader, isCompressed: false)
  }

  private func answer(_ text: String) -> MadeAnswer {
    MadeAnswer(response: HTTPResponse(200, body: HTTPBody(Array(text.utf8))))
  }

  private func text(_ answer: MadeAnswer?) -> String? {
    answer.map { String(decoding: $0.response.body.bytes, as: UTF8.self) }
  }

  /// A state of the data: files that are there and are not.
  private func version(_ number: Int) -> DataVersion {
    DataVersion(store: nil, files: Array(repeating: nil, count: number))
  }

  private func find(
    _ cache: AnswerCache, _ question: Question, _ version: DataVersion
  ) -> MadeAnswer? {
    guard case .current(let answer) = cache.look(question, version, mayBeOld: false) else {
      return nil
    }
    return answer
  }

  private func keep(
    _ cache: AnswerCache, _ question: Question, _ version: DataVersion, _ text: String
  ) {
    guard case .missing = cache.findOrWait(question, version, { _ in }) else {
      Issue.record("\(question) is there already")
      return
    }
    cache.finish(question, version, with: answer(text), keptAs: version)
  }

  @Test func `an answer is for one question, one reader and one state`() {
    let cache = AnswerCache(limit: 1_000)
    keep(cache, question("a"), version(1), "one")
    #expect(text(find(cache, question("a"), version(1))) == "one")
    #expect(find(cache, question("a"), version(2)) == nil)
    #expect(find(cache, question("b"), version(1)) == nil)
    #expect(find(cache, question("a", reader: "own"), version(1)) == nil)
    keep(cache, question("a"), version(2), "two")
    #expect(text(find(cache, question("a"), version(2))) == "two")
    #expect(find(cache, question("a"), version(1)) == nil)
  }

  @Test func `whoever asks what is being made gets it with the first`() {
    let cache = AnswerCache(limit: 1_000)
    let got = Mutex<[String]>([])
    func receive(_ name: String) -> AnswerCache.Receiver {
      { answer in
        got.withLock {
          $0.append(name + String(decoding: answer.response.body.bytes, as: UTF8.self))
        }
      }
    }
    guard case .missing = cache.findOrWait(question("a"), version(1), receive("1:")),
      case .waiting = cache.findOrWait(question("a"), version(1), receive("2:")),
      case .missing = cache.findOrWait(question("a"), version(2), receive("3:"))
    else {
      Issue.record("the second does not wait, or the third does")
      return
    }
    cache.finish(question("a"), version(1), with: answer("x"), keptAs: nil)
    #expect(got.withLock { $0 } == ["1:x", "2:x"])
    // It was not kept.
    #expect(find(cache, question("a"), version(1)) == nil)
    cache.finish(question("a"), version(2), with: answer("y"), keptAs: version(2))
    #expect(got.withLock { $0 } == ["1:x", "2:x", "3:y"])
  }

  @Test func `what nobody asked for the longest goes first, and nothing above a quarter is kept`() {
    let cache = AnswerCache(limit: 100)
    let twenty = String(repeating: "x", count: 20)
    for name in ["a", "b", "c", "d"] { keep(cache, question(name), version(1), twenty) }
    #expect(find(cache, question("a"), version(1)) != nil)
    // A fifth is more than there is room for: b and c were asked for the longest ago.
    keep(cache, question("e"), version(1), twenty)
    let kept = ["a", "b", "c", "d", "e"].filter { find(cache, question($0), version(1)) != nil }
    #expect(kept.contains("a") && kept.contains("e") && !kept.contains("b"))
    keep(cache, question("f"), version(1), String(repeating: "x", count: 26))
    #expect(find(cache, question("f"), version(1)) == nil)
  }

  @Test
  func `while many ask the same, the answer from just before is given until there is a new one`() {
    let cache = AnswerCache(limit: 1_000)
    // States of the history alone.
    func state(_ number: Int) -> DataVersion {
      DataVersion(day: CalendarDay(daysSinceEpoch: Int32(number)))
    }
    keep(cache, question("a"), state(1), "old")
    let start = ContinuousClock.now
    func look(
      after milliseconds: Int, of version: DataVersion? = nil, mayBeOld: Bool = true
    ) -> String {
      let known = cache.look(
        question("a"), version ?? state(2), mayBeOld: mayBeOld,
        now: start + .milliseconds(milliseconds))
      return switch known {
      case .current(let answer): "current " + (text(answer) ?? "")
      case .old(let answer, let isBeingRenewed):
        "\(isBeingRenewed ? "renewing" : "old") " + (text(answer) ?? "")
      case .nothing: "nothing"
      }
    }
    // A few who ask wait for the new one.
    for time in 0..<14 { #expect(look(after: time) == "nothing") }
    for time in 14..<20 { _ = look(after: time, mayBeOld: false) }
    #expect(look(after: 21, mayBeOld: false) == "nothing")
    #expect(look(after: 22) == "old old")
    guard case .missing = cache.findOrWait(question("a"), state(2), { _ in }) else {
      Issue.record("somebody makes it already")
      return
    }
    for time in stride(from: 30, through: 240, by: 10) {
      #expect(look(after: time) == "renewing old")
    }
    // Nothing is given that is older than a quarter of a second.
    for time in stride(from: 260, through: 600, by: 10) { #expect(look(after: time) == "nothing") }
    cache.finish(question("a"), state(2), with: answer("new"), keptAs: state(2))
    #expect(look(after: 610) == "current new")
    // After a pause it is asked rarely again; and other files count at once.
    #expect(look(after: 700, of: state(3)) == "nothing")
    for time in 701..<730 { _ = look(after: time, of: state(3)) }
    #expect(look(after: 731, of: state(3)) == "old new")
    #expect(look(after: 732, of: DataVersion(store: nil, files: [nil])) == "nothing")
  }

  @Test func `what was made from an earlier history goes as soon as there is a newer one`() {
    let cache = AnswerCache(limit: 1_000)
    func state(_ number: Int64) -> DataVersion {
      DataVersion(store: StoreVersion(file: 1, data: number))
    }
    keep(cache, question("a"), state(1), "old")
    keep(cache, question("scores"), version(1), "of no history")
    let before = cache.bytes
    _ = cache.look(question("b"), state(2), mayBeOld: true, now: .now + .milliseconds(100))
    // It may be wanted while there is no new answer.
    #expect(cache.bytes == before)
    _ = cache.look(question("b"), state(3), mayBeOld: true, now: .now + .seconds(1))
    #expect(cache.bytes == before - "olda".utf8.count)
    #expect(text(find(cache, question("scores"), version(1))) == "of no history")
  }
}
