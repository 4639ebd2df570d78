package import Files
internal import Words

extension [Attention] {
  /// The member `attention` of every JSON output: `[{code, severity, text}]`, with the message where
  /// lists of other languages tell of it.
  package var json: JSONValue { .array(map(\.json)) }
}

extension Attention {
  package var json: JSONValue {
    var object: JSONObject = [
      "code": .string(code), "severity": .string(severity.rawValue), "text": .string(text),
    ]
    if let message { object.append("message", message.json) }
    return .object(object)
  }

  /// What a file says; a message of a later version is left out, and its text stays.
  package init(json: JSONValue) {
    self.init(
      json["code"]?.string ?? "", json["text"]?.string ?? "",
      json["message"].flatMap { Message(json: $0) },
      severity: json["severity"]?.string.flatMap(Severity.init(rawValue:)) ?? .warning)
  }
}
