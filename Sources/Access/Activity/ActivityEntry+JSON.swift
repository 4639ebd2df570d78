package import Files

// A line of the log is an object with these members, in this order; null where something is not known.

extension ActivityEntry {
  /// The members, in the order in which they are written.
  package static let fields = [
    "time", "token", "name", "role", "via", "peer", "method", "action", "query", "status", "rows",
    "bytes", "milliseconds",
  ]

  /// The most bytes of a text that peers choose; of what is longer an ellipsis marks the end.
  private enum Longest {
    static let word = 64
    static let name = 4 * TokenRequest.longestName
    static let query = 2_048
  }

  /// The entry as it is written: texts cut to a sane length, secrets of tokens cut out.
  package var json: JSONValue {
    func text(_ value: String?, _ longest: Int = Longest.word) -> JSONValue {
      value.map { .string(PresentedToken.redacted(Self.cut($0, longest))) } ?? .null
    }
    return [
      "time": .string(time.description), "token": text(token), "name": text(name, Longest.name),
      "role": text(role?.rawValue), "via": .string(via.rawValue), "peer": text(peer),
      "method": text(method), "action": text(action), "query": text(query, Longest.query),
      "status": .integer(status), "rows": rows.map { .integer($0) } ?? .null,
      "bytes": .integer(bytes), "milliseconds": .number(Self.thousandths(milliseconds)),
    ]
  }

  /// A line of the log, with its line feed.
  var line: [UInt8] { Array(json.serialized(pretty: false).utf8) + [UInt8(ascii: "\n")] }

  /// Reads a line of the log; nil when it is none.
  init?(_ line: some JSONReadable) {
    guard let time = line["time"]?.string.flatMap({ UTCTime($0) }),
      let via = line["via"]?.string.flatMap({ Means(rawValue: $0) }),
      let peer = line["peer"]?.string, let method = line["method"]?.string,
      let action = line["action"]?.string, let query = line["query"]?.string,
      let status = line["status"]?.int, let bytes = line["bytes"]?.int,
      let milliseconds = line["milliseconds"]?.double
    else { return nil }
    self.init(
      time: time, token: line["token"]?.string, name: line["name"]?.string,
      role: line["role"]?.string.flatMap { Role(rawValue: $0) }, via: via, peer: peer,
      method: method, action: action, query: query, status: status, rows: line["rows"]?.int,
      bytes: bytes, milliseconds: milliseconds)
  }

  private static func cut(_ text: String, _ longest: Int) -> String {
    guard text.utf8.count > longest else { return text }
    // Bytes are cut, and half a character becomes a replacement character.
    return String(decoding: text.utf8.prefix(longest), as: UTF8.self) + "…"
  }

  private static func thousandths(_ value: Double) -> Double {
    value.isFinite ? (value * 1_000).rounded() / 1_000 : 0
  }
}
