internal import CSimdJSON

extension JSONValue {
  /// Reads a whole JSON text.
  ///
  /// A byte order mark is dropped. Of members with the same key the last one counts.
  ///
  /// - Throws: `unusable` with line and column when the text is not JSON: also for NaN, numbers
  ///   beyond 64 bits, halves of surrogate pairs, and nesting deeper than 256 levels.
  package init(parsing bytes: [UInt8], path: String) throws(FileError) {
    let start = try lengthOfByteOrderMark(bytes, path: path)
    let reader = JSONReader()
    let code = reader.parseDocument(bytes.span.extracting(droppingFirst: start))
    guard code == 0 else {
      let failure = reader.failure
      throw JSONSyntaxError(code: failure.code, offset: failure.offset + start)
        .fileError(in: bytes.span, path: path)
    }
    self = reader.withNodes { nodes, text in
      var next = 0
      return JSONValue(nodes, text, &next)
    }
  }

  /// The node at `next` and everything below it; leaves `next` behind them.
  private init(_ nodes: Span<csj_node>, _ text: Span<UInt8>, _ next: inout Int) {
    let node = nodes[next]
    next += 1
    switch JSONKind(node.kind) {
    case .null: self = .null
    case .bool: self = .bool(node.integer != 0)
    case .integer: self = .integer(Int(node.integer))
    case .number: self = .number(node.number)
    case .string:
      self = .string(text.string(at: Int(node.text_offset), count: Int(node.text_length)))
    case .array:
      var elements: [JSONValue] = []
      elements.reserveCapacity(Int(node.count))
      for _ in 0..<node.count { elements.append(JSONValue(nodes, text, &next)) }
      self = .array(elements)
    case .object:
      var object = JSONObject()
      for _ in 0..<node.count {
        let child = nodes[next]
        let key = text.string(at: Int(child.key_offset), count: Int(child.key_length))
        object[key] = JSONValue(nodes, text, &next)
      }
      self = .object(object)
    }
  }
}
