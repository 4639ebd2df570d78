/// The languages that lists are written in; the value is that of `--language`.
///
/// ```
///   Message(key, arguments) ──► template of the key ──► pieces ──► text
///   LabelKey                ──►   in the language's folder
/// ```
/// A language is a folder: its grammar, its messages, its labels. To add one: the folder, a case here
/// and a line in `catalog`. Its texts are switches over all keys, so a missing one does not compile, and
/// a test compares the placeholders of all languages.
package enum Language: String, Sendable, Hashable, CaseIterable {
  case en, fr, ja
  case zhHant = "zh-Hant"

  /// Its own name for itself.
  package var name: String {
    switch self {
    case .en: "English"
    case .fr: "français"
    case .ja: "日本語"
    case .zhHant: "繁體中文"
    }
  }

  var catalog: any Catalog {
    switch self {
    case .en: English()
    case .fr: French()
    case .ja: Japanese()
    case .zhHant: TraditionalChinese()
    }
  }

  /// The catalog with its templates taken apart, made once.
  var book: Phrasebook {
    switch self {
    case .en: Self.english
    case .fr: Self.french
    case .ja: Self.japanese
    case .zhHant: Self.traditionalChinese
    }
  }

  private static let english = Phrasebook(English())
  private static let french = Phrasebook(French())
  private static let japanese = Phrasebook(Japanese())
  private static let traditionalChinese = Phrasebook(TraditionalChinese())
}

extension Language {
  /// A message in this language; a sentence without a full stop.
  package func text(_ message: Message) -> String {
    book.render(book.messages[message.key] ?? [], message.arguments)
  }

  /// A label without arguments.
  package func label(_ key: LabelKey) -> String { label(key, []) }

  /// A label with the numbers and texts that its placeholders stand for.
  package func label(
    _ key: LabelKey, numbers: KeyValuePairs<Argument.Name, Double>,
    texts: KeyValuePairs<Argument.Name, String> = [:]
  ) -> String {
    label(
      key,
      numbers.map { Argument(name: $0.key, value: .number($0.value)) }
        + texts.map { Argument(name: $0.key, value: .text($0.value)) })
  }

  /// A label with what its placeholders stand for.
  package func label(_ key: LabelKey, _ arguments: [Argument]) -> String {
    book.render(book.labels[key] ?? [], arguments)
  }

  /// An ISO day (2026-11-16) as the language writes dates; other text as it is.
  package func date(_ day: String) -> String { book.date(day) }

  /// A number with at most one decimal.
  package func number(_ value: Double) -> String { book.grammar.numbers.text(value) }

  /// A number with so many decimals, 0 … 6, trailing zeros too; "–" for what is no number.
  package func decimals(_ value: Double, _ count: Int) -> String {
    book.grammar.numbers.decimals(value, count)
  }

  /// A whole number, its digits in groups.
  package func grouped(_ number: Int) -> String { decimals(Double(number), 0) }

  /// A share as a percentage with one decimal, for columns of them.
  package func exactPercent(_ share: Double) -> String { book.grammar.numbers.exactPercent(share) }

  /// A share as a percentage.
  package func percent(_ share: Double) -> String { book.grammar.numbers.percent(share) }
}
