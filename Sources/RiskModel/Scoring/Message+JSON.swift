package import Files
package import Words

/// `{ "key": "silentUsualGap", "arguments": { "days": 46, "usualGapDays": 2 } }`.
extension Message {
  package func write(to writer: inout JSONWriter) throws(FileError) {
    try writer.beginObject()
    writer.key(fixed: "key")
    try writer.value(key.rawValue)
    writer.key(fixed: "arguments")
    try writer.beginObject()
    for argument in arguments {
      writer.key(argument.name.rawValue)
      switch argument.value {
      case .number(let number): try writer.value(number)
      case .text(let text): try writer.value(text)
      }
    }
    try writer.endObject()
    try writer.endObject()
  }

  package var json: JSONValue {
    [
      "key": .string(key.rawValue),
      "arguments": .object(
        JSONObject(
          arguments.map { argument in
            let value: JSONValue =
              switch argument.value {
              case .number(let number): .number(number)
              case .text(let text): .string(text)
              }
            return (argument.name.rawValue, value)
          })),
    ]
  }

  /// nil when the key is of a later version, or an argument that it needs is missing.
  package init?(json: some JSONReadable) {
    guard let key = json["key"]?.string.flatMap({ MessageWords.keys[$0] }) else { return nil }
    let members = json["arguments"]?.members ?? []
    self.init(
      key: key,
      arguments: members.compactMap { member in
        guard let name = MessageWords.names[member.key] else { return nil }
        if let text = member.value.string { return Argument(name: name, value: .text(text)) }
        return member.value.double.map { Argument(name: name, value: .number($0)) }
      })
  }
}

/// What messages and their arguments are called in files.
package enum MessageWords {
  package static let keys = Dictionary(
    uniqueKeysWithValues: MessageKey.allCases.map { ($0.rawValue, $0) })
  package static let names = Dictionary(
    uniqueKeysWithValues: Argument.Name.allCases.map { ($0.rawValue, $0) })
}
