/// The texts of one language.
protocol Catalog: Sendable {
  var grammar: Grammar { get }
  func text(_ key: MessageKey) -> String
  func text(_ key: LabelKey) -> String
}

/// What sentences of a language have in common.
struct Grammar: Sendable {
  var numbers: NumberStyle
  /// How many forms a word has by number.
  var formCount: Int
  /// Which of them a number takes, as it is shown.
  var form: @Sendable (_ shown: Double) -> Int
  /// A calendar day; months and days count from 1.
  var date: @Sendable (_ year: Int, _ month: Int, _ day: Int) -> String
  /// `# day|# days`.
  var days: String
  /// Of a day in the past, `#` days ago; 0 is today.
  var ago: String
  /// Of a day to come, in `#` days; 0 is today.
  var left: String
  /// Between two sentences.
  var sentenceSpace = " "
  /// Marks and spaces of a template as they are printed.
  var typeset: @Sendable (String) -> String = { $0 }
}

/// A catalog with its templates taken apart.
struct Phrasebook: Sendable {
  let grammar: Grammar
  let messages: [MessageKey: Template]
  let labels: [LabelKey: Template]
  private let days: PluralForms
  private let ago: PluralForms
  private let left: PluralForms

  init(_ catalog: some Catalog) {
    let grammar = catalog.grammar
    self.grammar = grammar
    messages = Dictionary(
      uniqueKeysWithValues: MessageKey.allCases.map {
        ($0, Template(grammar.typeset(catalog.text($0))))
      })
    labels = Dictionary(
      uniqueKeysWithValues: LabelKey.allCases.map {
        ($0, Template(grammar.typeset(catalog.text($0))))
      })
    days = PluralForms(grammar.days[...])
    ago = PluralForms(grammar.ago[...])
    left = PluralForms(grammar.left[...])
  }

  /// The text of a template; a place without a value of its kind stays empty.
  func render(_ template: Template, _ arguments: [Argument]) -> String {
    var text = ""
    for piece in template {
      switch piece {
      case .literal(let literal): text += literal
      case .value(let name, let format):
        switch arguments.first(where: { $0.name == name })?.value {
        case .number(let number): text += show(number, format)
        case .text(let value): text += format == .date ? date(value) : OutsideText.shown(value)
        case nil: break
        }
      case .plural(let name, let forms):
        if case .number(let number) = arguments.first(where: { $0.name == name })?.value {
          text += show(number, forms)
        }
      }
    }
    return text
  }

  /// `2026-11-16` as the language writes it; what is no such day as it is.
  func date(_ day: String) -> String {
    let parts = day.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let number = parts[2],
      year >= 0, (1...12).contains(month), (1...31).contains(number)
    else { return OutsideText.shown(day) }
    return grammar.date(year, month, number)
  }

  private func show(_ number: Double, _ format: ValueFormat) -> String {
    switch format {
    case .number, .date, .text: grammar.numbers.text(number)
    case .hundredths: grammar.numbers.decimals(number, 2)
    case .percent: grammar.numbers.percent(number)
    case .exact: grammar.numbers.exactPercent(number)
    case .days: show(number, days)
    case .ago: show(number, ago)
    case .left: number < 0 ? show(-number, ago) : show(number, left)
    }
  }

  /// The number decides as it is shown: 1.04 days are "1 day".
  private func show(_ number: Double, _ forms: PluralForms) -> String {
    let shown = NumberStyle.rounded(number)
    let parts = forms.exact[shown] ?? forms.forms[grammar.form(shown)]
    return parts.joined(separator: grammar.numbers.text(number))
  }
}
