/// `--name`: false unless given.
@propertyWrapper public struct Flag: ParameterDeclaring {
  private var box: ValueBox<Bool>
  private let traits: ParameterTraits

  /// A switch that is off by default.
  ///
  /// - Parameters:
  ///   - wrappedValue: must be false: there is no `--no-name` to turn a flag off again.
  ///   - name: the long name without hyphens; otherwise the property's name in kebab case.
  ///   - short: a one-letter name, `-q`.
  ///   - help: one sentence.
  public init(
    wrappedValue: Bool = false, name: String? = nil, short: Character? = nil, help: String
  ) {
    box = ValueBox(wrappedValue)
    traits = ParameterTraits(name, short, nil, help, nil, nil)
  }

  /// Whether the flag was given.
  public var wrappedValue: Bool {
    get { box.bound(as: traits) }
    set { box = ValueBox(newValue) }
  }

  func parameter(label: String) -> Parameter {
    Parameter(kind: .flag, label: label, traits: traits, shape: .flag, box: box)
  }
}
