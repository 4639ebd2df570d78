/// `--name VALUE`, by the property's type: required, with a default, optional, or repeatable.
///
/// ```
/// @Option(…) var from: Day              required
/// @Option(…) var top = 20               20 when absent
/// @Option(…) var asOf: Day?             nil when absent
/// @Option(…) var format: [Format] = []  repeatable; the first one given replaces the default
/// @Option(…) var format: [Format]       the same, and at least once
/// ```
///
/// The arguments, all optional but `help`:
/// - `name`: the long name without hyphens; otherwise the property's name in kebab case.
/// - `short`: a one-letter name, `-f`.
/// - `value`: the placeholder in help; otherwise that of the type, or the name in capitals.
/// - `help`: one sentence.
/// - `whenAbsent`: what absence means, in words, where the default value does not say it.
/// - `environment`: a variable that is used when the option is absent and the variable not empty.
/// - `accepting`: a rule beyond the type, such as `.atLeast(1)`.
@propertyWrapper public struct Option<Value>: ParameterDeclaring {
  private var box: ValueBox<Value>
  private let traits: ParameterTraits
  private let shape: ValueShape<Value>

  private init(_ value: Value?, _ shape: ValueShape<Value>, _ traits: ParameterTraits) {
    box = ValueBox(value)
    self.shape = shape
    self.traits = traits
  }

  /// The value from the command line, the environment or the declaration.
  ///
  /// Reading a required option of a command that was not made by the parser is a mistake of the
  /// program and ends it.
  public var wrappedValue: Value {
    get { box.bound(as: traits) }
    set { box = ValueBox(newValue) }
  }

  func parameter(label: String) -> Parameter {
    Parameter(kind: .option, label: label, traits: traits, shape: shape, box: box)
  }
}

extension Option where Value: ParsableValue {
  /// An option with a default value.
  public init(
    wrappedValue: Value, name: String? = nil, short: Character? = nil, value: String? = nil,
    help: String, whenAbsent: String? = nil, environment: String? = nil,
    accepting rule: ValueRule<Value>? = nil
  ) {
    self.init(
      wrappedValue, .single(rule),
      ParameterTraits(name, short, value, help, whenAbsent, environment))
  }

  /// An option that must be given.
  public init(
    name: String? = nil, short: Character? = nil, value: String? = nil, help: String,
    whenAbsent: String? = nil, environment: String? = nil, accepting rule: ValueRule<Value>? = nil
  ) {
    self.init(
      nil, .single(rule), ParameterTraits(name, short, value, help, whenAbsent, environment))
  }
}

extension Option {
  /// An option that is nil when absent.
  public init<Wrapped: ParsableValue>(
    wrappedValue: Value = nil, name: String? = nil, short: Character? = nil, value: String? = nil,
    help: String, whenAbsent: String? = nil, environment: String? = nil,
    accepting rule: ValueRule<Wrapped>? = nil
  ) where Value == Wrapped? {
    self.init(
      .some(wrappedValue), .optional(rule),
      ParameterTraits(name, short, value, help, whenAbsent, environment))
  }

  /// A repeatable option with a default.
  public init<Element: ParsableValue>(
    wrappedValue: Value, name: String? = nil, short: Character? = nil, value: String? = nil,
    help: String, whenAbsent: String? = nil, environment: String? = nil,
    accepting rule: ValueRule<Element>? = nil
  ) where Value == [Element] {
    self.init(
      wrappedValue, .repeating(rule, minimum: 0),
      ParameterTraits(name, short, value, help, whenAbsent, environment))
  }

  /// A repeatable option that must be given at least once.
  public init<Element: ParsableValue>(
    name: String? = nil, short: Character? = nil, value: String? = nil, help: String,
    whenAbsent: String? = nil, environment: String? = nil,
    accepting rule: ValueRule<Element>? = nil
  ) where Value == [Element] {
    self.init(
      nil, .repeating(rule, minimum: 1),
      ParameterTraits(name, short, value, help, whenAbsent, environment))
  }
}
