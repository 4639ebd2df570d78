package import Files

extension [Attention] {
  /// The member `attention` of every JSON output: `[{code, severity, text}]`.
  package var json: JSONValue {
    .array(
      map {
        [
          "code": .string($0.code), "severity": .string($0.severity.rawValue),
          "text": .string($0.text),
        ]
      })
  }
}
