/// How words become a property's value: one word, an optional word, or a list of words.
///
/// The three factories are the only places that know the difference; `@Option` and `@Argument`
/// share them.
struct ValueShape<Value> {
  var isRepeating = false
  /// How many words a property without a value needs.
  var minimum = 1
  var syntax = ValueSyntax("")
  var rule: String?
  /// The words that read back as a value; none for an empty list or a missing value.
  var words: (Value) -> [String] = { _ in [] }
  /// Whether a word would be stored.
  var accepts: (String) -> Bool = { _ in false }
  var faultyPart: (String) -> String = { $0 }
  /// Reads a word and puts it into the box; false when it is refused.
  var store: (_ text: String, _ box: ValueBox<Value>, _ isFirst: Bool) -> Bool
}

extension ValueShape where Value: ParsableValue {
  static func single(_ rule: ValueRule<Value>?) -> ValueShape {
    ValueShape(of: Value.self, rule, words: { [$0.argumentText] }) { value, box, _ in
      box.value = value
    }
  }
}

extension ValueShape {
  static func optional<Wrapped: ParsableValue>(_ rule: ValueRule<Wrapped>?) -> ValueShape
  where Value == Wrapped? {
    ValueShape(of: Wrapped.self, rule, words: { $0.map { [$0.argumentText] } ?? [] }) {
      value, box, _ in
      box.value = .some(value)
    }
  }

  /// A list; the first word from the command line replaces the default.
  static func repeating<Element: ParsableValue>(
    _ rule: ValueRule<Element>?, minimum: Int
  ) -> ValueShape where Value == [Element] {
    var shape = ValueShape(
      of: Element.self, rule, words: { $0.map { $0.argumentText } },
      keep: { value, box, isFirst in
        box.value = (isFirst ? [] : box.value ?? []) + [value]
      })
    shape.isRepeating = true
    shape.minimum = minimum
    return shape
  }

  private init<Word: ParsableValue>(
    of type: Word.Type, _ rule: ValueRule<Word>?, words: @escaping (Value) -> [String],
    keep: @escaping (Word, ValueBox<Value>, Bool) -> Void
  ) {
    func read(_ text: String) -> Word? {
      Word(argument: text).flatMap { rule?.accepts($0) ?? true ? $0 : nil }
    }
    self.init(
      syntax: Word.syntax, rule: rule?.expectation,
      words: { words($0).filter { !$0.isEmpty } }, accepts: { read($0) != nil },
      faultyPart: { Word.faultyPart(of: $0) }
    ) { text, box, isFirst in
      guard let value = read(text) else { return false }
      keep(value, box, isFirst)
      return true
    }
  }
}

extension ValueShape<Bool> {
  /// A flag takes no word; being named is enough.
  static var flag: ValueShape {
    ValueShape { _, box, _ in
      box.value = true
      return true
    }
  }
}
