/// Options that several commands share, with a help section of their own.
///
/// ```swift
/// struct GlobalOptions: ParsableGroup {
///   static let title = "Global options"
///   @Flag(short: "q", help: "Prints no progress and no notes.") var quiet = false
/// }
/// ```
public protocol ParsableGroup: SendableMetatype {
  /// The heading in help.
  static var title: String { get }

  /// An instance whose parameters hold their defaults.
  init()

  /// Checks the group's own values; runs before the command's `validate()`.
  ///
  /// - Throws: `UsageError` for wrong usage.
  func validate() throws
}

extension ParsableGroup {
  /// Accepts every combination of values.
  public func validate() throws {}
}

/// Adds the options of a `ParsableGroup` to a command.
@propertyWrapper public struct OptionGroup<Group: ParsableGroup>: GroupDeclaring {
  /// The group with its values.
  public var wrappedValue: Group

  /// The group with its defaults.
  public init() { wrappedValue = Group() }

  var group: any ParsableGroup { wrappedValue }
}

/// The type-erased side of `OptionGroup`.
protocol GroupDeclaring {
  var group: any ParsableGroup { get }
}
