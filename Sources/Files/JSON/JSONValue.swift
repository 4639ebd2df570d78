/// A whole JSON value in memory: for small files such as recipes, models and lists of scores.
package indirect enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  /// A number written without fraction and exponent that fits in 64 bits.
  case integer(Int)
  /// Any other number; always finite.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

extension JSONValue {
  /// The member of an object; nil when there is none, or this is no object.
  package subscript(key: String) -> JSONValue? { object?[key] }

  /// The element of an array; nil when there is none, or this is no array.
  package subscript(index: Int) -> JSONValue? {
    guard let array, array.indices.contains(index) else { return nil }
    return array[index]
  }

  /// Whether this is null.
  package var isNull: Bool { self == .null }

  /// The value of a boolean; nil for other kinds.
  package var bool: Bool? {
    guard case .bool(let flag) = self else { return nil }
    return flag
  }

  /// A whole number, also one written as `3.0` or `3e2`.
  package var int: Int? {
    switch self {
    case .integer(let integer): integer
    case .number(let number): Int(exactly: number)
    default: nil
    }
  }

  /// Any number.
  package var double: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    default: nil
    }
  }

  /// The text of a string; nil for other kinds.
  package var string: String? {
    guard case .string(let string) = self else { return nil }
    return string
  }

  /// The elements of an array; nil for other kinds.
  package var array: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// The members of an object; nil for other kinds.
  package var object: JSONObject? {
    guard case .object(let object) = self else { return nil }
    return object
  }

  /// The value as JSON text, the same bytes for equal values, without a line break at its end.
  ///
  /// - Parameter pretty: two spaces of indentation and one member per line; else no white space.
  /// - Returns: the text.
  /// - Precondition: no number is NaN or infinite.
  package func serialized(pretty: Bool = true) -> String {
    var text: [UInt8] = []
    var formatter = JSONFormatter(isPretty: pretty)
    formatter.value(self, into: &text)
    return String(decoding: text, as: UTF8.self)
  }
}

// A value can be written as a Swift literal: ["a": 1, "b": [nil, true]].
extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(nilLiteral: ()) { self = .null }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements))
  }
}
