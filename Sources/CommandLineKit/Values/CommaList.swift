/// Several values in one word: `--group-by partnerId,productName`.
///
/// Items are trimmed of spaces; an empty item or an empty list is refused. For a list that is given
/// by repeating the option, declare an array instead.
public struct CommaList<Element: ParsableValue>: ParsableValue {
  /// The items in the order they were written.
  public var values: [Element]

  /// Wraps items; the way to write a default.
  public init(_ values: [Element] = []) { self.values = values }

  /// Reads `a,b,c`; nil when an item is empty or not a value of its type.
  public init?(argument: String) {
    let items = Self.items(of: argument)
    let read = items.compactMap { $0.isEmpty ? nil : Element(argument: $0) }
    guard read.count == items.count else { return nil }
    values = read
  }

  private static func items(of argument: String) -> [String] {
    argument.split(separator: ",", omittingEmptySubsequences: false).map { item in
      String(item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The items with commas between them, which reads back as the same list.
  public var argumentText: String { values.map { $0.argumentText }.joined(separator: ",") }

  /// The items' own syntax, with the words that several may be given.
  public static var syntax: ValueSyntax {
    var syntax = Element.syntax
    syntax.placeholder = syntax.placeholder.map { "\($0),…" }
    syntax.expectation += ", or several with commas"
    return syntax
  }

  /// The first item that is empty or refused.
  public static func faultyPart(of argument: String) -> String {
    let faulty = items(of: argument).first { $0.isEmpty || Element(argument: $0) == nil }
    return faulty.map { Element.faultyPart(of: $0) } ?? argument
  }
}

extension CommaList: ExpressibleByArrayLiteral {
  /// A list of those items; the way to write a default.
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension CommaList: Equatable where Element: Equatable {}
extension CommaList: Sendable where Element: Sendable {}
