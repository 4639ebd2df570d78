internal import Files
internal import Words

/// `{ "key": "silentUsualGap", "arguments": { "days": 46, "usualGapDays": 2 } }`.
extension Message {
  func write(to writer: inout JSONWriter) throws(FileError) {
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

  /// nil when the key is of a later version, or an argument that it needs is missing.
  init?(json: some JSONReadable) {
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
