internal import Files
internal import Words

/// `{ "key": "silentUsualGap", "arguments": { "days": 46, "usualGapDays": 2 } }`.
extension Message {
  var json: JSONValue {
    [
      "key": .string(key.rawValue),
      "arguments": .object(
        JSONObject(
          arguments.map { argument in
            switch argument.value {
            case .number(let number): (argument.name.rawValue, .number(number))
            case .text(let text): (argument.name.rawValue, .string(text))
            }
          })),
    ]
  }

  /// nil when the key is of a later version, or an argument that it needs is missing.
  init?(json: some JSONReadable) {
    guard let key = json["key"]?.string.flatMap(MessageKey.init(rawValue:)) else { return nil }
    let members = json["arguments"]?.members ?? []
    self.init(
      key: key,
      arguments: members.compactMap { member in
        guard let name = Argument.Name(rawValue: member.key) else { return nil }
        if let text = member.value.string { return Argument(name: name, value: .text(text)) }
        return member.value.double.map { Argument(name: name, value: .number($0)) }
      })
  }
}
