/// French of France.
///
/// 0 and 1, and what lies between them and 2, take the singular (0 jour, 1,5 jour). Narrow no-break
/// spaces (U+202F) stand before high punctuation and the percent sign and between groups of digits;
/// templates have plain spaces there, which can be seen, and get them when they are read.
struct French: Catalog {
  let grammar = Grammar(
    numbers: NumberStyle(decimalMark: ",", groupMark: "\u{202F}", percentSpace: "\u{202F}"),
    formCount: 2,
    form: { abs($0) < 2 ? 0 : 1 },
    date: { "\($2 == 1 ? "1er" : String($2)) \(months[$1 - 1]) \($0)" },
    days: "# jour|# jours",
    ago: "=0 aujourd’hui|il y a # jour|il y a # jours",
    left: "=0 aujourd’hui|dans # jour|dans # jours",
    typeset: typeset)

  private static let months = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
  ]

  /// " ;" → U+202F ";", and likewise before : ! ? % and within « ».
  @Sendable private static func typeset(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      if character == " ", let next = rest.first, ";:!?%»".contains(next) {
        result.append("\u{202F}")
      } else if character == "«", rest.first == " " {
        rest.removeFirst()
        result += "«\u{202F}"
      } else {
        result.append(character)
      }
    }
    return result
  }
}
