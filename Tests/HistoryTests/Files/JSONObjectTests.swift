import Testing

@testable import Files

struct JSONObjectTests {
  @Test func `keeps the order of its keys`() {
    var object: JSONObject = ["b": 1, "a": 2]
    object.append("c", 3)
    #expect(object.members.map(\.key) == ["b", "a", "c"])
    #expect(object.members.map(\.value) == [1, 2, 3])
  }

  @Test func `a new value takes the old place`() {
    var object: JSONObject = ["b": 1, "a": 2]
    object["b"] = 3
    #expect(object.members.map(\.key) == ["b", "a"])
    #expect(object["b"] == 3)
    #expect(object.count == 2)
  }

  @Test func `nil removes a member, null does not`() {
    var object: JSONObject = ["a": 1, "b": 2]
    object["a"] = nil
    object["none"] = nil
    #expect(object.members.map(\.key) == ["b"])
    object["b"] = .null
    #expect(object["b"] == .null)
    object["b"] = Optional<JSONValue>.none
    #expect(object.isEmpty)
    object["b"] = 4
    #expect(object.members.map(\.key) == ["b"])
  }

  @Test func `keys that Swift takes for equal are one key`() {
    // "é" as one scalar and as two: different keys in JSON, equal strings in Swift. Documented here
    // because the last one wins, as for any equal keys.
    let object: JSONObject = ["\u{E9}": 1, "e\u{301}": 2]
    #expect(object.count == 1)
    #expect(object["\u{E9}"] == 2)
  }
}
