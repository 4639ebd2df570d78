internal import CSimdJSON

/// What can be looked into like a JSON value: the values themselves, and views of a text.
package protocol JSONReadable {
  /// The member of an object; nil when there is none, or this is no object.
  subscript(key: String) -> Self? { get }
  /// The value of a boolean; nil for other kinds.
  var bool: Bool? { get }
  /// A whole number, also one written as `3.0` or `3e2`.
  var int: Int? { get }
  /// Any number.
  var double: Double? { get }
  /// The text of a string; nil for other kinds.
  var string: String? { get }
  /// The elements of an array; nil for other kinds.
  var array: [Self]? { get }
  /// The members of an object in their order; none for other kinds.
  var members: [(key: String, value: Self)] { get }
}

extension JSONValue: JSONReadable {
  package var members: [(key: String, value: JSONValue)] { object?.members ?? [] }
}

/// A JSON text that was parsed, and is looked into without making a tree of values: for files of many
/// rows of which every field is read once.
package struct JSONView: JSONReadable, Sendable {
  private let nodes: JSONNodes
  private let index: Int

  /// Makes views with one parser.
  package struct Parser: ~Copyable {
    private let reader = JSONReader()

    package init() {}

    /// Reads one JSON text; nil when it is none.
    package func view(_ text: Span<UInt8>) -> JSONView? {
      guard reader.parseDocument(text) == 0 else { return nil }
      return JSONView(nodes: JSONNodes(reader), index: 0)
    }
  }

  package subscript(key: String) -> JSONView? {
    nodes.member(key, of: index).map { JSONView(nodes: nodes, index: $0) }
  }

  package var bool: Bool? { nodes.kind(index) == .bool ? nodes.integer(index) != 0 : nil }

  package var int: Int? {
    switch nodes.kind(index) {
    case .integer: nodes.integer(index)
    case .number: Int(exactly: nodes.number(index))
    default: nil
    }
  }

  package var double: Double? {
    switch nodes.kind(index) {
    case .integer: Double(nodes.integer(index))
    case .number: nodes.number(index)
    default: nil
    }
  }

  package var string: String? { nodes.kind(index) == .string ? nodes.string(index) : nil }

  package var array: [JSONView]? {
    guard nodes.kind(index) == .array else { return nil }
    return nodes.children(of: index).map { JSONView(nodes: nodes, index: $0) }
  }

  package var members: [(key: String, value: JSONView)] {
    guard nodes.kind(index) == .object else { return [] }
    return nodes.children(of: index).map { (nodes.key($0), JSONView(nodes: nodes, index: $0)) }
  }
}

/// The nodes of a text in the order in which they stand there, with its strings.
private final class JSONNodes: Sendable {
  private let nodes: [csj_node]
  private let text: [UInt8]
  /// For each node the place behind everything below it.
  private let ends: [Int32]

  init(_ reader: JSONReader) {
    var (copies, bytes): ([csj_node], [UInt8]) = ([], [])
    reader.withNodes { nodes, text in
      copies.reserveCapacity(nodes.count)
      for index in nodes.indices { copies.append(nodes[index]) }
      bytes.reserveCapacity(text.count)
      for index in text.indices { bytes.append(text[index]) }
    }
    var ends = [Int32](repeating: 0, count: copies.count)
    // From the back, each node knows the ends of those below it.
    for index in copies.indices.reversed() {
      var end = index + 1
      switch JSONKind(copies[index].kind) {
      case .array, .object: for _ in 0..<copies[index].count { end = Int(ends[end]) }
      default: break
      }
      ends[index] = Int32(end)
    }
    nodes = copies
    text = bytes
    self.ends = ends
  }

  func kind(_ index: Int) -> JSONKind { JSONKind(nodes[index].kind) }
  func integer(_ index: Int) -> Int { Int(nodes[index].integer) }
  func number(_ index: Int) -> Double { nodes[index].number }

  func string(_ index: Int) -> String {
    let bytes = text
    return bytes.span.string(
      at: Int(nodes[index].text_offset), count: Int(nodes[index].text_length))
  }

  func key(_ index: Int) -> String {
    let bytes = text
    return bytes.span.string(
      at: Int(nodes[index].key_offset), count: Int(nodes[index].key_length))
  }

  func children(of index: Int) -> [Int] {
    var children: [Int] = []
    var child = index + 1
    for _ in 0..<nodes[index].count {
      children.append(child)
      child = Int(ends[child])
    }
    return children
  }

  /// Of members with the same key the last one counts.
  func member(_ key: String, of index: Int) -> Int? {
    guard kind(index) == .object else { return nil }
    let length = key.utf8.count
    var (found, child): (Int?, Int) = (nil, index + 1)
    for _ in 0..<nodes[index].count {
      if Int(nodes[child].key_length) == length, isKey(key, of: child) { found = child }
      child = Int(ends[child])
    }
    return found
  }

  private func isKey(_ key: String, of index: Int) -> Bool {
    var place = Int(nodes[index].key_offset)
    for byte in key.utf8 {
      if text[place] != byte { return false }
      place += 1
    }
    return true
  }
}
