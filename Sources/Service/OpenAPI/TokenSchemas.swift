internal import Access
internal import Files

/// The schemas of tokens.
enum TokenSchemas {
  static var all: [(name: String, schema: JSONValue)] {
    [
      ("TokenPage", page), ("Token", token()), ("NewToken", newToken), ("TokenRequest", request),
    ]
  }

  private static let page = EnvelopeSchema.make(
    "The tokens that the role may manage.", rows: ["Token"])

  /// A token; `more` are members behind those of every token.
  private static func token(_ more: [(String, JSONValue)] = []) -> JSONValue {
    let members: [(String, JSONValue)] =
      [
        (
          "id",
          ["type": "string", "pattern": "^[0-9a-f]{12}$", "description": "Its id, no secret."]
        ),
        ("name", ServiceSchemas.text("Who it is for.")),
        ("role", ServiceSchemas.word("What it may see.", Role.allCases.map(\.rawValue))),
        (
          "accountManager",
          ServiceSchemas.text(
            "Whose customers a salesAgent sees; null for other roles.", isNullable: true)
        ),
        ("createdOn", ServiceSchemas.day("When it was made.")),
        (
          "expiresOn",
          ServiceSchemas.day("The last day on which it is valid; null: for ever.", isNullable: true)
        ),
        (
          "revokedOn",
          ServiceSchemas.day("When it was revoked; null: it was not.", isNullable: true)
        ),
        (
          "state",
          ServiceSchemas.word(
            "Whether it may be used today.", TokenRecord.State.allCases.map(\.rawValue))
        ),
      ] + more
    return EnvelopeSchema.object(
      "An access token, without its secret.", members, required: members.map(\.0))
  }

  private static let newToken = token([
    ("token", ServiceSchemas.text("What its owner presents. It is told once and kept nowhere."))
  ])

  private static let request: JSONValue = {
    let name: JSONValue = [
      "type": "string", "minLength": 1, "maxLength": .integer(TokenRequest.longestName),
      "pattern": "\\S", "description": "Who it is for.",
    ]
    let expiresOn: JSONValue = ServiceSchemas.day(
      "The last day on which it is valid, today or later; null: for ever. Without it, "
        + "\(TokenRequest.defaultLifeDays) days from now.", isNullable: true)
    func object(_ description: String, _ members: [(String, JSONValue)], _ required: [String])
      -> JSONValue
    {
      EnvelopeSchema.object(
        description, [("name", name)] + members + [("expiresOn", expiresOn)], required: required)
    }
    let others = Role.allCases.filter { $0 != .salesAgent }.map(\.rawValue)
    return [
      "oneOf": [
        object(
          "A token of any other role.", [("role", ServiceSchemas.word("What it may see.", others))],
          ["name", "role"]),
        object(
          "A token of somebody who sees the own customers alone.",
          [
            ("role", ServiceSchemas.word("What it may see.", [Role.salesAgent.rawValue])),
            (
              "accountManager",
              [
                "type": "string", "minLength": 1, "maxLength": .integer(TokenRequest.longestName),
                "pattern": "\\S",
                "description": "Whose customers it sees, as the owners file names them.",
              ]
            ),
          ], ["name", "role", "accountManager"]),
      ]
    ]
  }()
}
