import Testing

@testable import Words

/// Sentences, numbers and dates by hand.
struct LanguageTests {
  private let silence = Message(.silentUsualGap, [.days: 46, .usualGapDays: 2])

  @Test(arguments: [
    (Language.en, "No usage for 46 days; its usual gap is 2 days"),
    (
      .fr,
      "Aucune utilisation depuis 46 jours\u{202F}; intervalle habituel\u{202F}: 2 jours"
    ),
    (.ja, "46日間使用なし（通常の間隔は2日）"), (.zhHant, "已 46 天未使用；平常間隔為 2 天"),
  ])
  func `a silence in every language`(language: Language, expected: String) {
    #expect(language.text(silence) == expected)
  }

  @Test(arguments: [
    (Language.en, "1,234.5", "4.2 %", "94 %"),
    (.fr, "1\u{202F}234,5", "4,2\u{202F}%", "94\u{202F}%"),
    (.ja, "1,234.5", "4.2%", "94%"), (.zhHant, "1,234.5", "4.2%", "94%"),
  ])
  func `numbers and shares`(language: Language, number: String, small: String, large: String) {
    #expect(language.number(1_234.5) == number)
    #expect(language.percent(0.042) == small)
    #expect(language.percent(0.943) == large)
    #expect(language.exactPercent(0.042) == small)
    #expect(
      language.label(.wasBefore, numbers: [.share: 0.14]).hasSuffix(language.exactPercent(0.14)))
  }

  @Test(arguments: [
    (Language.en, "1 November 2026"), (.fr, "1er novembre 2026"), (.ja, "2026年11月1日"),
    (.zhHant, "2026 年 11 月 1 日"),
  ])
  func `dates`(language: Language, expected: String) {
    #expect(language.date("2026-11-01") == expected)
    for day in ["", "2026-13-01", "2026-11", "soon"] { #expect(language.date(day) == day) }
  }

  @Test(arguments: [
    (Language.en, 0.0, "0 days"), (.en, 1, "1 day"), (.en, 1.04, "1 day"), (.en, 1.5, "1.5 days"),
    (.en, 2, "2 days"), (.fr, 0, "0 jour"), (.fr, 1, "1 jour"), (.fr, 1.5, "1,5 jour"),
    (.fr, 1.96, "2 jours"), (.fr, 2, "2 jours"), (.ja, 1, "1日"), (.zhHant, 2, "2 天"),
  ])
  func `the shown number decides the form`(language: Language, days: Double, expected: String) {
    #expect(language.text(Message(.usedDaysInAll, [.days: days])).contains(expected))
  }

  @Test func `exact numbers have words of their own`() {
    func text(_ count: Double) -> String {
      Language.en.text(Message(.suspendedBefore, [.count: count]))
    }
    #expect(
      [1, 2, 3].map(text) == [
        "Suspended once before", "Suspended twice before", "Suspended 3 times before",
      ])
    #expect(
      Language.en.text(Message(.switchedOff, [.days: 0])) == "Auto-renew was switched off today")
  }

  @Test func `every kind of deadline is a sentence with its date and the days left`() {
    for kind in [
      "trialEnds", "commitmentEnds", "reservationEnds", "unusedNotice", "unusedBlock",
      "unusedDelete", "deletionAfterCancel",
    ] {
      for language in Language.allCases {
        let texts = [12, 0, -3].compactMap { days in
          Message.deadline(kind, on: "2026-12-01", daysLeft: days).map(language.text)
        }
        #expect(texts.count == 3 && Set(texts).count == 3)
        #expect(texts.allSatisfy { $0.contains(language.date("2026-12-01")) })
        #expect(texts[0].contains("12") && texts[2].contains("3") && !texts[2].contains("-3"))
        #expect(language.deadlineKind(kind) != kind)
      }
    }
    #expect(Message.deadline("someday", on: "2026-12-01", daysLeft: 1) == nil)
    #expect(
      Message.deadline("trialEnds", on: "2026-12-01", daysLeft: 15).map(Language.en.text)
        == "The trial ends on 1 December 2026 (in 15 days) and has not become paid")
  }

  @Test func `closed words are translated, others stay`() {
    #expect(Language.fr.band("high") == "élevé" && Language.fr.band("odd") == "odd")
    #expect(Language.ja.change("modelChanged") == "モデル変更" && Language.ja.change("") == "")
    #expect(Language.en.family("licences") == "Licences")
    #expect(Language.zhHant.column("customerName") == "客戶" && Language.fr.column("x") == "x")
    #expect(Language.en.deadlineKind("someday") == "someday")
    for language in Language.allCases {
      #expect(language.status("ACTIVE") == language.label(.statusActive))
      #expect(language.status("") == "" && language.status("PENDING") == "PENDING")
      #expect(language.trialPhase("none") == language.label(.trialPhaseNone))
      #expect(language.trialPhase("ends") == "ends" && language.valueBasis("odd") == "odd")
      #expect(language.listing("staysLow") != language.listing("stays"))
    }
    #expect(Language.fr.change("worse") == "aggravé")
    #expect(Language.ja.valueBasis("usage") == "使用明細")
  }

  @Test func `a message from a file needs its arguments`() {
    let days = Argument(name: .days, value: .number(3))
    #expect(Message(key: .silent, arguments: [days]) == Message(.silent, [.days: 3]))
    #expect(Message(key: .silent, arguments: []) == nil)
    #expect(Message(key: .silent, arguments: [Argument(name: .days, value: .text("3"))]) == nil)
    #expect(Message(key: .silent, arguments: [Argument(name: .count, value: .number(3))]) == nil)
    #expect(
      Message(key: .silent, arguments: [Argument(name: .days, value: .number(.infinity))]) == nil)
    #expect(Message(key: .market, arguments: [Argument(name: .level, value: .number(1))]) == nil)
  }

  @Test func `text from outside is harmless in every language`() {
    let message = Message(.product, texts: [.level: "a\u{1B}[31m\u{202E}\nb{days:days}"])
    for language in Language.allCases {
      let text = language.text(message)
      #expect(text.hasSuffix("a [31m b{days:days}"), "\(text)")
    }
  }

  @Test func `figures of the partner can be left out`() {
    let off = Message(.switchedOffUnlikePartner, [.days: 12, .partnerShare: 0.94])
    #expect(Language.en.text(off.withoutPartner) == "Auto-renew was switched off 12 days ago")
    #expect(silence.withoutPartner == silence)
    for key in MessageKey.allCases where "\(key)".contains("Partner") {
      let arguments = [Argument.Name.days, .share, .partnerShare, .count].map {
        Argument(name: $0, value: .number(2))
      }
      guard let message = Message(key: key, arguments: arguments),
        key != .lastWeekAgainstPartner
      else { continue }
      #expect(!Language.en.text(message.withoutPartner).contains("partner"), "\(key)")
    }
  }

  @Test func `decimals that stay, in the marks of the language`() {
    #expect(Language.en.decimals(1_234.5, 1) == "1,234.5")
    #expect(Language.en.decimals(2, 2) == "2.00" && Language.en.decimals(-0.04, 1) == "0.0")
    #expect(Language.en.decimals(-1.25, 1) == "-1.3" && Language.en.decimals(0.05, 3) == "0.050")
    #expect(Language.en.decimals(.nan, 1) == "–" && Language.en.decimals(1e300, 0) == "–")
    #expect(Language.en.grouped(1_234_567) == "1,234,567" && Language.en.grouped(-999) == "-999")
    #expect(Language.fr.decimals(0.5, 1) == "0,5")
    #expect(Language.en.exactPercent(0.5) == "50.0 %" && Language.ja.exactPercent(0.5) == "50.0%")
  }
}
