/// A flag, option or argument as parser and help see it: text in, text out, the type erased.
struct Parameter {
  enum Kind { case flag, option, argument }

  var kind: Kind
  /// The long name without hyphens, in kebab case.
  var name: String
  var short: Character?
  /// What stands for the value in help; empty for flags.
  var placeholder: String
  var help: String
  /// What absence means, in words: `20`, `the newest observation`; nil when there is nothing to say.
  var absence: String?
  var environment: String?
  /// How many times the parameter must be given.
  var minimum: Int
  var isRepeating: Bool
  /// How a value is written; of no meaning for flags.
  var syntax: ValueSyntax
  /// The rule beyond the type: `at least 1`.
  var rule: String?
  /// Whether a flag is true before parsing.
  var isOnByDefault: Bool
  /// The words of the default value.
  var defaultWords: [String]
  /// Whether a word is a valid value.
  var accepts: (String) -> Bool
  /// Whether the declaration says in words what absence means.
  var describesAbsence: Bool
  /// The part of a refused text that is at fault: one item of a comma list.
  var faultyPart: (String) -> String
  /// Stores a text; false when it is not a valid value.
  var bind: (_ text: String, _ isFirst: Bool) -> Bool

  var isRequired: Bool { minimum > 0 }

  /// How messages call the parameter: `--as-of` or `PATH`.
  var title: String { kind == .argument ? placeholder : "--\(name)" }

  /// The parameter with its placeholder: `--as-of DAY`, `PATH`, `--quiet`.
  var titleWithValue: String { kind == .option ? "--\(name) \(placeholder)" : title }

  /// Whether a word up to its `=` names this flag or option.
  func isNamed(_ word: String) -> Bool {
    guard kind != .argument else { return false }
    return word == "--\(name)" || short.map { word == "-\($0)" } == true
  }
}

extension Parameter {
  init<Value>(
    kind: Kind, label: String, traits: ParameterTraits, shape: ValueShape<Value>,
    box: ValueBox<Value>
  ) {
    let name = traits.name ?? kebabCase(label)
    // An option's name already says what its value is, an argument's placeholder has to.
    let typePlaceholder = kind == .option ? shape.syntax.placeholder : nil
    let defaultWords = box.value.map(shape.words) ?? []
    let defaultText = defaultWords.isEmpty ? nil : defaultWords.joined(separator: ", ")
    self.init(
      kind: kind, name: name, short: traits.short,
      placeholder: kind == .flag ? "" : traits.placeholder ?? typePlaceholder ?? name.uppercased(),
      help: traits.help, absence: traits.whenAbsent ?? defaultText,
      environment: traits.environment, minimum: box.value == nil ? max(1, shape.minimum) : 0,
      isRepeating: shape.isRepeating, syntax: shape.syntax, rule: shape.rule,
      isOnByDefault: box.value as? Bool == true,
      defaultWords: defaultWords, accepts: shape.accepts,
      describesAbsence: traits.whenAbsent != nil, faultyPart: shape.faultyPart,
      bind: { text, isFirst in shape.store(text, box, isFirst) })
  }
}

/// What the arguments of `@Option`, `@Flag` and `@Argument` say, apart from types.
struct ParameterTraits: Sendable {
  var name: String?
  var short: Character?
  var placeholder: String?
  var help: String
  var whenAbsent: String?
  var environment: String?

  init(
    _ name: String?, _ short: Character?, _ placeholder: String?, _ help: String,
    _ whenAbsent: String?, _ environment: String?
  ) {
    self.name = name
    self.short = short
    self.placeholder = placeholder
    self.help = help
    self.whenAbsent = whenAbsent
    self.environment = environment
  }
}

/// Where the parser puts a value so that the property wrapper finds it.
///
/// Wrappers share a box only between declaration and parsing; setting a property makes a new box,
/// so copies of a command stay independent.
final class ValueBox<Value> {
  var value: Value?

  init(_ value: Value?) { self.value = value }

  func bound(as traits: ParameterTraits) -> Value {
    guard let value else {
      preconditionFailure(
        "A required parameter was read before parsing (\(traits.name ?? traits.help)).")
    }
    return value
  }
}

/// The type-erased side of `@Option`, `@Flag` and `@Argument`.
protocol ParameterDeclaring {
  func parameter(label: String) -> Parameter
}
