/// A word without a name, found by its place: required, with a default, optional, or repeating.
///
/// ```
/// @Argument(…) var table: String          exactly one
/// @Argument(…) var folder = "."           "." when absent
/// @Argument(…) var id: Int?               nil when absent
/// @Argument(…) var paths: [String]        one or more (`atLeast:` changes the minimum)
/// @Argument(…) var paths: [String] = []   any number
/// ```
///
/// Places are taken in the order of declaration; only the last argument may repeat.
@propertyWrapper public struct Argument<Value>: ParameterDeclaring {
  private var box: ValueBox<Value>
  private let traits: ParameterTraits
  private let shape: ValueShape<Value>

  private init(_ value: Value?, _ shape: ValueShape<Value>, _ traits: ParameterTraits) {
    box = ValueBox(value)
    self.shape = shape
    self.traits = traits
  }

  /// The value from the command line or the declaration.
  ///
  /// Reading a required argument of a command that was not made by the parser is a mistake of the
  /// program and ends it.
  public var wrappedValue: Value {
    get { box.bound(as: traits) }
    set { box = ValueBox(newValue) }
  }

  func parameter(label: String) -> Parameter {
    Parameter(kind: .argument, label: label, traits: traits, shape: shape, box: box)
  }
}

extension Argument where Value: ParsableValue {
  /// An argument with a default value.
  public init(
    wrappedValue: Value, value: String? = nil, help: String, whenAbsent: String? = nil,
    accepting rule: ValueRule<Value>? = nil
  ) {
    self.init(
      wrappedValue, .single(rule), ParameterTraits(nil, nil, value, help, whenAbsent, nil))
  }

  /// An argument that must be given.
  public init(
    value: String? = nil, help: String, whenAbsent: String? = nil,
    accepting rule: ValueRule<Value>? = nil
  ) {
    self.init(nil, .single(rule), ParameterTraits(nil, nil, value, help, whenAbsent, nil))
  }
}

extension Argument {
  /// An argument that is nil when absent.
  public init<Wrapped: ParsableValue>(
    wrappedValue: Value = nil, value: String? = nil, help: String, whenAbsent: String? = nil,
    accepting rule: ValueRule<Wrapped>? = nil
  ) where Value == Wrapped? {
    self.init(
      .some(wrappedValue), .optional(rule),
      ParameterTraits(nil, nil, value, help, whenAbsent, nil))
  }

  /// Any number of arguments, with a default for none.
  public init<Element: ParsableValue>(
    wrappedValue: Value, value: String? = nil, help: String, whenAbsent: String? = nil,
    accepting rule: ValueRule<Element>? = nil
  ) where Value == [Element] {
    self.init(
      wrappedValue, .repeating(rule, minimum: 0),
      ParameterTraits(nil, nil, value, help, whenAbsent, nil))
  }

  /// A list of arguments with a minimum.
  ///
  /// - Parameters:
  ///   - minimum: how many words must be given; ≥ 1.
  ///   - value: the placeholder in help.
  ///   - help: one sentence.
  ///   - rule: a rule beyond the type that each word must meet.
  public init<Element: ParsableValue>(
    atLeast minimum: Int = 1, value: String? = nil, help: String,
    accepting rule: ValueRule<Element>? = nil
  ) where Value == [Element] {
    precondition(minimum >= 1, "A minimum of \(minimum) arguments: give the property a default.")
    self.init(
      nil, .repeating(rule, minimum: minimum), ParameterTraits(nil, nil, value, help, nil, nil))
  }
}
