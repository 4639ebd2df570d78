import Testing

@testable import CommandLineKit

struct TableTests {
  private func table() -> Table {
    var table = Table(columns: [
      .init("Rank", alignment: .right), .init("Customer", minimumWidth: 5),
      .init("Risk", alignment: .right),
    ])
    table.add(["1", "日本電気", "41.2 %"])
    table.add(["12", "Contoso Ltd", "8 %"])
    return table
  }

  @Test func `aligns words left and numbers right`() {
    #expect(
      table().rendered() == """
        Rank  Customer       Risk
        ────  ───────────  ──────
           1  日本電気     41.2 %
          12  Contoso Ltd     8 %

        """)
  }

  @Test func `shrinks what may shrink to fit`() {
    #expect(
      table().rendered(maximumWidth: 20) == """
        Rank  Custo…    Risk
        ────  ──────  ──────
           1  日本…   41.2 %
          12  Conto…     8 %

        """)
  }

  @Test func `stops at minimum widths`() {
    let narrow = table().rendered(maximumWidth: 5)
    #expect(narrow.split(separator: "\n").map { $0.displayWidth }.max() == 4 + 2 + 5 + 2 + 6)
  }

  @Test func `shrinks the widest column first`() {
    var table = Table(columns: [.init("a", minimumWidth: 2), .init("b", minimumWidth: 2)])
    table.add(["xxxxxxxx", "yyyy"])
    #expect(table.rendered(maximumWidth: 10).split(separator: "\n").last == "xxx…  yyyy")
    #expect(table.rendered(maximumWidth: 9).split(separator: "\n").last?.displayWidth == 9)
  }

  @Test(arguments: 12...40)
  func `fits every width that its minimums allow`(width: Int) {
    var table = Table(columns: [
      .init("One", minimumWidth: 3), .init("Two", minimumWidth: 3), .init("N", alignment: .right),
    ])
    table.add(["Ame\u{301}lie 日本電気株式会社", "👍👍👍👍 thumbs", "10"])
    #expect(
      table.rendered(maximumWidth: width).split(separator: "\n").allSatisfy {
        $0.displayWidth <= width
      })
  }

  @Test(arguments: 15...44)
  func `lines up the names of Japanese customers at every width`(width: Int) {
    // Wide kanji and kana, half-width kana, a voiced mark of its own, full-width Latin, a variation
    // selector, characters of ambiguous width (one column each), emoji of several scalars.
    let names = [
      "日本電気株式会社", "ﾄﾖﾀ自動車(株)", "か\u{3099}っこう商事", "ＡＢＣ商会", "葛\u{E0100}城市役所",
      "①※α製作所", "👨‍👩‍👧スタジオ", "Contoso 東京",
    ]
    var table = Table(columns: [
      .init("顧客", minimumWidth: 5), .init("Risk", alignment: .right),
    ])
    for name in names { table.add([name, "1 %"]) }
    let lines = table.rendered(maximumWidth: width).split(separator: "\n").map(String.init)
    #expect(lines.count == names.count + 2)
    // Numbers stand on the right, so every row that has one ends in the same column.
    #expect(Set(lines.dropFirst().map(\.displayWidth)).count == 1)
    #expect(lines.allSatisfy { $0.displayWidth <= width })
    for (name, line) in zip(names, lines.dropFirst(2)) {
      let shown = line.prefix { $0 != " " && $0 != "…" }
      // No character was cut in two.
      #expect(name.hasPrefix(shown) && Array(name).starts(with: Array(shown)), "\(line)")
    }
  }

  @Test func `lets no escape sequence through`() {
    var table = Table(columns: [.init("Na\u{1B}me"), .init("x")])
    table.add(["\u{1B}]0;owned\u{7}", "a\nb\u{202E}"])
    let text = table.rendered()
    #expect(!text.unicodeScalars.contains { SafeText.isUnsafe($0) && $0 != "\n" })
    #expect(text.split(separator: "\n").count == 3)
  }

  @Test func `shows the heading of an empty table`() {
    #expect(Table(columns: [.init("A"), .init("Bc")]).rendered() == "A  Bc\n─  ──\n")
  }

  @Test func `leaves no space at the end of a line`() {
    var table = Table(columns: [.init("A"), .init("Long")])
    table.add(["x", ""])
    #expect(table.rendered() == "A  Long\n─  ────\nx\n")
  }

  @Test func `stops the program on a row of another length`() async {
    await #expect(processExitsWith: .failure) {
      var table = Table(columns: [.init("A")])
      table.add(["1", "2"])
    }
  }
}
