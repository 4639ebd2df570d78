import Testing

@testable import Access

struct SessionStoreTests {
  @Test func `a session is known by its secret alone, for 8 hours`() {
    let store = SessionStore()
    let secret = store.begin(tokenId: "a", now: 1_000)
    let other = store.begin(tokenId: "a", now: 1_000)
    #expect(secret != other && secret.utf8.count == 43)
    #expect(store.tokenId(for: secret, now: 1_000) == "a")
    #expect(store.tokenId(for: secret, now: 1_000 + 28_799) == "a")
    #expect(store.tokenId(for: secret, now: 1_000 + 28_800) == nil)
    // What is over does not come back when the clock does.
    #expect(store.tokenId(for: secret, now: 1_000) == nil)
    #expect(store.tokenId(for: other, now: 1_000) == "a")
    for text in [
      "", "a", Sample.secret, String(repeating: "A", count: 1 << 20), String(secret.dropLast()),
    ] {
      #expect(store.tokenId(for: text, now: 1_000) == nil)
    }
  }

  @Test func `signing out ends one session and no other`() {
    let store = SessionStore()
    let (one, two) = (store.begin(tokenId: "a", now: 0), store.begin(tokenId: "b", now: 0))
    store.end(one)
    store.end(one)
    store.end("nothing")
    #expect(store.tokenId(for: one, now: 1) == nil)
    #expect(store.tokenId(for: two, now: 1) == "b")
    #expect(store.count == 1)
  }

  @Test func `where there is no room the oldest goes, also of one second`() {
    let store = SessionStore(capacity: 3)
    let secrets = (0..<5).map { store.begin(tokenId: "\($0)", now: 7) }
    let found = secrets.map { store.tokenId(for: $0, now: 8) }
    #expect(found == [nil, nil, "2", "3", "4"])
    #expect(store.count == 3)
  }

  @Test func `sessions that are over make room before any other`() {
    let store = SessionStore(capacity: 3)
    let late = 30_000
    let old = [store.begin(tokenId: "old", now: 0), store.begin(tokenId: "old", now: 1)]
    let kept = store.begin(tokenId: "kept", now: late)
    let new = store.begin(tokenId: "new", now: late)
    #expect(old.allSatisfy { store.tokenId(for: $0, now: late) == nil })
    #expect(store.tokenId(for: kept, now: late) == "kept")
    #expect(store.tokenId(for: new, now: late) == "new")
    #expect(store.count == 2)
  }

  @Test func `never more than 10,000 are kept`() {
    let store = SessionStore()
    let first = store.begin(tokenId: "first", now: 0)
    for number in 1...10_005 { _ = store.begin(tokenId: "\(number)", now: 0) }
    #expect(store.count == 10_000)
    #expect(store.tokenId(for: first, now: 0) == nil)
  }

  @Test func `many threads begin and end sessions of their own`() async {
    let store = SessionStore()
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<8 {
        group.addTask {
          (0..<200).allSatisfy { round in
            let secret = store.begin(tokenId: "\(number)", now: round)
            let isKnown = store.tokenId(for: secret, now: round) == "\(number)"
            store.end(secret)
            return isKnown && store.tokenId(for: secret, now: round) == nil
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
    #expect(store.count == 0)
  }
}
