import Testing

@testable import Service

struct QueryStringTests {
  private func read(_ text: String) throws -> [String] {
    try QueryString(Substring(text)).parameters.map { "\($0.name)|\($0.value)" }
  }

  @Test func `parameters are decoded, and their names taken in any case`() throws {
    #expect(try QueryString(nil).parameters.isEmpty)
    #expect(try read("").isEmpty)
    #expect(
      try read("Filter=status%20eq+%27A%26B%27&$top=5&x") == [
        "filter|status eq 'A&B'", "top|5", "x|",
      ])
    #expect(try read("a=b=c&&d=") == ["a|b=c", "d|"])
    #expect(try read("n=%C3%BC%e2%82%ac") == ["n|ü€"])
  }

  @Test(arguments: ["a=%", "a=%2", "a=%zz", "%=1", "a=%ff", "a=%C3", "a=%ED%A0%80"])
  func `what is no percent-encoded UTF-8 is refused`(text: String) {
    #expect(throws: QueryString.Malformed.self) { try read(text) }
  }

  @Test func `a parameter that is there twice is refused, whatever its case`() {
    let error = #expect(throws: QueryString.Malformed.self) { try read("top=1&TOP=2") }
    #expect(error?.reason == "The parameter 'top' is there twice. Give it once.")
  }

  @Test func `what an error repeats is short and holds no controls`() {
    #expect(QueryString.short("a\u{1B}[31m\nb") == "a?[31m?b")
    #expect(QueryString.short(String(repeating: "x", count: 50)).count == 41)
  }
}
