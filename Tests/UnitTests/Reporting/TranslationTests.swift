import Features
import Files
import RiskModel
import TestSupport
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
    #expect(remark?.code == "reasonsInEnglish" && remark?.severity == .information)
    #expect(remark?.text.hasPrefix("1 reason stays in English") ?? false)
    #expect(SampleScores.full.translated(to: .en) == SampleScores.full)
  }

  @Test func `remarks about the list are translated, those of an import are not`() throws {
    var document = SampleScores.full
    document.attention = [
      Attention(
        "scoreDrift", "Customers score differently than on 2026-10-12.",
        Message(
          .remarkScoreDrift, [.value: 0.31, .critical: 0.2], texts: [.date: "2026-10-12"])),
      Attention("fileFailed", "usage.csv cannot be read."),
    ]
    // What is written can be read.
    #expect(document.attention.json.array?.map(Attention.init) == document.attention)
    let french = document.translated(to: .fr)
    #expect(french.attention[0].text.contains("du 12 octobre 2026"), "\(french.attention[0].text)")
    #expect(french.attention[0].text.contains("0,31") && french.attention[0].text.contains("0,20"))
    #expect(french.attention[1].text == "usage.csv cannot be read.")
    let page = try ExportedLists(french, formats: ["html"]).text("all.html")
    #expect(page.contains("<li>Les scores") && page.contains("<li lang=\"en\">usage.csv"))
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

  private static let others = Language.allCases.filter { $0 != .en }

  /// English labels that no other text of the sample holds.
  private func english(besides language: Language) -> [String] {
    LabelKey.allCases.compactMap { key in
      let text = Language.en.label(key)
      let isOurs = text.count > 5 && !language.label(key).contains(text)
      return isOurs && !text.contains("  ") ? text : nil
    }
  }

  @Test(arguments: others)
  func `a page speaks one language`(language: Language) throws {
    let lists = try ExportedLists(SampleScores.full.translated(to: language), formats: ["html"])
    for name in ["all.html", "anna-berg.html", "unassigned.html", "summary.html"] {
      let page = try lists.text(name)
      #expect(page.contains("<html lang=\"\(language.rawValue)\">"))
      let body = try #require(page.firstRange(of: "<body>")).upperBound
      let end = try #require(page.firstRange(of: "<script>")).lowerBound
      let text = String(page[body..<end])
      for label in english(besides: language) where text.contains(label) {
        // Labels may be part of names in the sample, which are in English.
        #expect(["Reseller"].contains(label), "\(name): \(label)")
      }
      for key in [LabelKey.about, .aboutMeaning, .aboutMadeBy, .needsAttention] {
        #expect(text.contains(language.label(key)), "\(name) \(key)")
      }
      #expect(text.contains("\(Product.name) \(Product.version)"))
      #expect(text.contains(language.label(.aboutDefinition, numbers: [.windowDays: 91])))
    }
  }

  @Test(arguments: Language.allCases)
  func `a workbook speaks one language, and Excel takes the names of its sheets`(
    language: Language
  ) throws {
    let lists = try ExportedLists(SampleScores.full.translated(to: language), formats: ["xlsx"])
    for name in ["all.xlsx", "anna-berg.xlsx", "summary.xlsx"] {
      let members = try #require(ZipMember.all(of: contents(ofFile: lists.folder[name])))
      func text(_ path: String) -> String {
        String(decoding: members.first { $0.name == path }?.content ?? [], as: UTF8.self)
      }
      let names = text("xl/workbook.xml").matches(of: #/<sheet name="([^"]*)"/#)
        .map { String($0.output.1) }
      #expect(Set(names).count == names.count && names.count >= 2)
      for sheet in names {
        #expect(sheet.utf16.count <= 31 && !sheet.contains { "[]:*?/\\".contains($0) }, "\(sheet)")
      }
      #expect(names.last == language.label(.about))
      let strings = text("xl/sharedStrings.xml") + text("xl/worksheets/sheet1.xml")
      guard name != "summary.xlsx" else { continue }
      for column in ListColumn.all {
        let title = language.label(column.title).replacing("'", with: "&apos;")
        #expect(
          strings.contains(title) || strings.contains(title.replacing("&apos;", with: "'")),
          "\(title)")
      }
      #expect(strings.contains(">\(language.band("high"))<"))
      #expect(strings.contains(">\(language.deadlineKind("commitmentEnds"))<"))
      #expect(strings.contains(">\(language.listing("stays"))<"))
      #expect(strings.contains(">\(language.status("ACTIVE"))<") && !strings.contains("ACTIVE"))
      #expect(strings.contains(">\(language.trialPhase("converted"))<"))
      #expect(strings.contains(">\(language.valueBasis("cost"))<"))
    }
  }

  @Test func `how many customers are held out stands on About`() throws {
    var rows = (1...4).map { SampleScores.row($0, manager: "Anna") }
    for index in 1...3 {
      rows[index].listing = AtRiskDocument.Listing(reason: .holdOut)
      rows[index].identity.customerTenantId = SampleScores.id(index < 3 ? 77 : 78)
    }
    let lists = SampleScores.document(rows).lists(by: .accountManager, capacity: nil)
    #expect(lists.map(\.heldOut) == [2, 2, 0])
    let text = try ExportedLists(SampleScores.document(rows), formats: ["html"]).text("anna.html")
    #expect(text.contains("2 customers are on no list"))
    let without = try ExportedLists(SampleScores.full, formats: ["html"]).text("all.html")
    #expect(!without.contains("on no list"))
  }

  /// Definitions that differ in every flag.
  private static let definitions = [
    ChurnDefinition(), ChurnDefinition(horizonDays: 28, reactivationGraceDays: 0),
    ChurnDefinition(events: [.suspended], reactivationGraceDays: 14, trialNeverPaidIsChurn: true),
    ChurnDefinition(events: [.deprovisioned], trialNeverPaidIsChurn: true),
    ChurnDefinition(events: [.deprovisioned], horizonDays: 182),
    ChurnDefinition(events: [.dormant], horizonDays: 28),
    ChurnDefinition(events: [.dormant], horizonDays: 28, activeWithinDays: 56),
  ]

  @Test(arguments: definitions)
  func `the catalog tells a definition with all its exceptions`(
    definition: ChurnDefinition
  ) throws {
    var document = SampleScores.document()
    document.horizonDays = definition.horizonDays
    document.churnEvents = definition.events.map(\.rawValue).sorted()
    document.churnText = definition.text
    let english = definition.sentences(in: .en)
    #expect(Language.en.joined(english) == definition.text)
    for language in Self.others {
      document.language = language
      #expect(document.definition == language.joined(definition.sentences(in: language)))
      #expect(definition.sentences(in: language).count == english.count)
      #expect(document.definition.contains("\(definition.horizonDays)"))
    }
    // Another text than ours leaves the exceptions out rather than guess them.
    document.churnText += " And more."
    #expect(document.definition == definition.sentences(in: .zhHant)[0])
  }

  @Test func `the exceptions of the sample in French`() {
    var document = SampleScores.document()
    document.churnText = ChurnDefinition().text
    document.language = .fr
    #expect(
      document.definition
        == "L’abonnement est suspendu ou annulé dans les 91 jours. Une suspension qui prend fin "
        + "dans les 30 jours ne compte pas. Les évaluations qui prennent fin sans conversion, les "
        + "transferts et les fins normales ne comptent pas.")
  }

  @Test func `the definition of churn in words of the catalog`() {
    for (events, key) in [
      (["dormant"], LabelKey.aboutDefinitionDormant), (["suspended"], .aboutDefinitionSuspended),
      (["deprovisioned"], .aboutDefinitionCancelled),
      (["deprovisioned", "suspended"], .aboutDefinition),
    ] {
      var document = SampleScores.document()
      document.churnEvents = events
      #expect(document.definition == document.churnText)
      document.language = .zhHant
      #expect(document.definition == Language.zhHant.label(key, numbers: [.windowDays: 91]))
    }
  }
}
