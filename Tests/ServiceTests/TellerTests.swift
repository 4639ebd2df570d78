import Testing

@testable import Service

struct TellerTests {
  @Test func `the same is told once, and other things all the same`() {
    let messages = Messages()
    let teller = Teller { messages.add($0) }
    for _ in 0..<50 { teller.tell("the disk is full") }
    teller.tell("the store is gone")
    teller.tell("the disk is full")
    #expect(messages.all == ["the disk is full", "the store is gone"])
  }
}
