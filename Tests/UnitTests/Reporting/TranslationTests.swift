import Files
import Testing
import Words

@testable import Reporting

/// Lists in other languages.
struct TranslationTests {
  @Test func `reasons are translated, numbers and names of columns are not`() throws {
    let english = try ExportedLists(SampleScores.full)
    let french = try ExportedLists(SampleScores.full.translated(to: .fr))
    let (old, new) = (try english.rows("all.csv"), try french.rows("all.csv"))
    #expect(old[0] == new[0])
    let place = try #require(old[0].firstIndex(of: "reason1"))
    #expect(old[1][place] == "No usage for 42 days; its usual gap is 2 days")
    #expect(
      new[1][place]
        == "Aucune utilisation depuis 42 jours\u{202F}; intervalle habituel\u{202F}: 2 jours")
    #expect(new[1][place + 1] == "Produit\u{202F}: Azure plan")
    for index in old[1].indices where !(place..<place + 3).contains(index) {
      #expect(old[1][index] == new[1][index])
    }
    #expect(try french.rows("reasons.csv")[1].contains(new[1][place]))
  }

  @Test func `what has no message stays English, and it is said how many`() {
    let document = SampleScores.full.translated(to: .ja)
    let row = document.subscriptions[0]
    #expect(row.reasons[0].text == "42日間使用なし（通常の間隔は2日）")
    // The sample's mitigating fact is of an earlier version.
    #expect(row.mitigating[0].text == "Renews automatically")
    let remark = document.attention.last
    #expect(remark?.code == "reasonsInEnglish" && remark?.severity == "information")
    #expect(remark?.text.hasPrefix("1 reason stays in English") ?? false)
    #expect(SampleScores.full.translated(to: .en) == SampleScores.full)
  }

  @Test func `messages that cannot be read leave the text`() throws {
    func message(_ json: JSONValue) -> Message? { Message(json: json) }
    let good = Message(.silentUsualGap, [.days: 42, .usualGapDays: 2])
    let json: JSONValue = [
      "key": "silentUsualGap", "arguments": ["days": 42, "usualGapDays": 2],
    ]
    #expect(message(json) == good)
    #expect(message(["key": "silent", "arguments": ["days": 3, "later": true]]) != nil)
    for json in [
      ["key": "later", "arguments": ["days": 3]], ["key": "silent", "arguments": [:]],
      ["key": "silent"], ["key": "silent", "arguments": ["days": "3"]], .null, "silent",
    ] as [JSONValue] {
      #expect(message(json) == nil)
    }
  }
}
