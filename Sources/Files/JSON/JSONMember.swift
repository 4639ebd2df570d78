internal import CSimdJSON

/// What a JSON value is; whole numbers that fit in 64 bits are told from other numbers.
package enum JSONKind: Sendable, Hashable {
  case null, bool, integer, number, string, object, array

  /// - Parameter code: one of simdjson's kinds as our C header names them.
  init(_ code: UInt32) {
    switch Int(code) {
    case Int(CSJ_BOOL): self = .bool
    case Int(CSJ_INTEGER): self = .integer
    case Int(CSJ_NUMBER): self = .number
    case Int(CSJ_STRING): self = .string
    case Int(CSJ_OBJECT): self = .object
    case Int(CSJ_ARRAY): self = .array
    default: self = .null
    }
  }
}

/// One member of a row.
///
/// The ranges refer to the text that `JSONRowParser.withRow` hands out.
package struct JSONMember: Sendable, Hashable {
  /// The position of the field that goes by this key, -1 when no field does.
  package let field: Int
  /// What the value is.
  package let kind: JSONKind
  /// The key, UTF-8, escapes resolved.
  package let key: Range<Int>
  /// The value of a string, UTF-8, escapes resolved; empty for other kinds.
  package let text: Range<Int>
  /// The value of a whole number; 0 or 1 for a boolean; else 0.
  package let integer: Int
  /// The value of any number; else 0.
  package let number: Double

  init(_ node: csj_node) {
    field = Int(node.field)
    kind = JSONKind(node.kind)
    let keyStart = Int(node.key_offset)
    // SAFETY: the upper bound is the lower one plus an unsigned 32-bit number.
    key = unsafe Range(uncheckedBounds: (keyStart, keyStart &+ Int(node.key_length)))
    let textStart = Int(node.text_offset)
    text = unsafe Range(uncheckedBounds: (textStart, textStart &+ Int(node.text_length)))
    integer = Int(node.integer)
    number = node.number
  }
}
