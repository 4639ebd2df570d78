/// A value that is written as one word on the command line.
///
/// An enum of strings conforms by naming the protocol:
/// `enum Format: String, CaseIterable, ParsableValue { case csv, json }`. Other types say how they
/// are written:
///
/// ```swift
/// extension CalendarDay: ParsableValue {
///   init?(argument: String) { self.init(argument) }
///   static let syntax = ValueSyntax("a day as YYYY-MM-DD", placeholder: "DAY")
/// }
/// ```
public protocol ParsableValue {
  /// Reads a word exactly; nil when it is not a value of this type.
  init?(argument: String)

  /// The word that reads back as this value; help shows defaults with it.
  var argumentText: String { get }

  /// How values of this type are written, for help and errors.
  static var syntax: ValueSyntax { get }

  /// The part of a refused word that is at fault; the whole word unless the type is a list.
  static func faultyPart(of argument: String) -> String
}

/// How the values of a type are written, for help and errors.
public struct ValueSyntax: Sendable, Hashable {
  /// Completes the sentence "Expected …": `a whole number`.
  public var expectation: String
  /// What stands for a value in help, `N` or `DAY`; nil takes the parameter's name in capitals.
  public var placeholder: String?
  /// Every spelling, when there are few enough for help and errors to list them; else empty.
  public var spellings: [String]
  /// Whether `-1` is a value of this type rather than an option.
  public var isNumber: Bool

  /// Describes a type's values; see the properties of the same names.
  public init(
    _ expectation: String, placeholder: String? = nil, spellings: [String] = [],
    isNumber: Bool = false
  ) {
    self.expectation = expectation
    self.placeholder = placeholder
    self.spellings = spellings
    self.isNumber = isNumber
  }
}

extension ParsableValue {
  /// The value's own description.
  public var argumentText: String { String(describing: self) }

  /// The whole word.
  public static func faultyPart(of argument: String) -> String { argument }
}

extension ParsableValue where Self: RawRepresentable<String> & CaseIterable {
  /// Reads a raw value.
  public init?(argument: String) { self.init(rawValue: argument) }

  /// The raw value.
  public var argumentText: String { rawValue }

  /// All raw values, in the order of the cases.
  public static var syntax: ValueSyntax {
    let spellings = allCases.map { $0.rawValue }
    return ValueSyntax("one of: " + spellings.joined(separator: ", "), spellings: spellings)
  }
}
