internal import Files
internal import History

// The file of tokens:
//
//   { "schemaVersion": 1,
//     "tokens": [ { "id": "0123456789ab", "name": "…", "role": "salesAgent", "accountManager": "…",
//                   "createdOn": "2026-11-26", "expiresOn": "2027-11-26", "revokedOn": null,
//                   "sha256": "64 hexadecimal digits" } ] }
//
// Nothing is guessed: whoever damages the file by hand gets the field named, and nobody gets in.

extension TokenRegistry {
  private static let schemaVersion = 1

  /// Reads the content of a file.
  ///
  /// - Throws: `FileError` of kind `unusable` with the field that is wrong.
  init(parsing bytes: [UInt8], path: String) throws(FileError) {
    let value = try JSONValue(parsing: bytes, path: path)
    guard let version = value["schemaVersion"]?.int else {
      throw FileError.field("schemaVersion", "is missing or no number", "1", path)
    }
    guard version == Self.schemaVersion else {
      throw FileError(
        kind: .unusable, path: path, what: "the file has schema version \(version)",
        expected: "\(Self.schemaVersion)", remedy: "Use the release that wrote it, or a newer one.")
    }
    guard let rows = value["tokens"]?.array else {
      throw FileError.field("tokens", "is missing or no array", "an array", path)
    }
    var records: [TokenRecord] = []
    var ids: Set<String> = []
    for (index, row) in rows.enumerated() {
      let record = try TokenRecord(row, at: "tokens[\(index)]", path: path)
      guard ids.insert(record.id).inserted else {
        throw FileError.field("tokens[\(index)].id", "occurs twice", "an id of its own", path)
      }
      records.append(record)
    }
    self.init(records)
  }

  /// The content of the file.
  var json: JSONValue {
    [
      "schemaVersion": .integer(Self.schemaVersion),
      "tokens": .array(records.map(\.json)),
    ]
  }
}

extension TokenRecord {
  fileprivate init(_ row: JSONValue, at place: String, path: String) throws(FileError) {
    guard row.object != nil else { throw FileError.field(place, "is no object", "a token", path) }
    func text(_ key: String) throws(FileError) -> String? {
      guard let value = row[key], !value.isNull else { return nil }
      guard let text = value.string else {
        throw FileError.field("\(place).\(key)", "is no text", "a text", path)
      }
      return text
    }
    func day(_ key: String) throws(FileError) -> CalendarDay? {
      guard let text = try text(key) else { return nil }
      guard let day = CalendarDay(text) else {
        throw FileError.field("\(place).\(key)", "is no day", "a day such as 2026-11-16", path)
      }
      return day
    }
    func given<Value>(_ value: Value?, _ key: String) throws(FileError) -> Value {
      guard let value else {
        throw FileError.field("\(place).\(key)", "is missing", "a value", path)
      }
      return value
    }
    func expect(_ isRight: Bool, _ key: String, _ expected: String) throws(FileError) {
      guard isRight else {
        throw FileError.field("\(place).\(key)", "has another form", expected, path)
      }
    }
    let id = try given(try text("id"), "id")
    try expect(PresentedToken.isId(id), "id", "12 lower-case hexadecimal digits")
    let digest = try given(try text("sha256"), "sha256")
    try expect(
      digest.utf8.count == 64 && digest.utf8.allSatisfy(PresentedToken.isLowerHex), "sha256",
      "64 lower-case hexadecimal digits")
    guard let role = Role(rawValue: try given(try text("role"), "role")) else {
      throw FileError.field(
        "\(place).role", "is no role",
        "one of " + Role.allCases.map(\.rawValue).joined(separator: ", "), path)
    }
    let manager = try text("accountManager")
    // A sales agent without one would see nothing or, worse, everything.
    if role == .salesAgent, manager?.isEmpty ?? true {
      throw FileError.field(
        "\(place).accountManager", "is missing", "the account manager of a salesAgent", path)
    }
    if role != .salesAgent, manager != nil {
      throw FileError.field(
        "\(place).accountManager", "confines nobody but a salesAgent", "null", path)
    }
    self.init(
      id: id, name: try given(try text("name"), "name"), role: role, accountManager: manager,
      createdOn: try given(try day("createdOn"), "createdOn"), expiresOn: try day("expiresOn"),
      revokedOn: try day("revokedOn"), secretSHA256: digest)
  }

  fileprivate var json: JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "id": .string(id), "name": .string(name), "role": .string(role.rawValue),
      "accountManager": text(accountManager), "createdOn": .string("\(createdOn)"),
      "expiresOn": text(expiresOn?.description), "revokedOn": text(revokedOn?.description),
      "sha256": .string(secretSHA256),
    ]
  }
}

extension FileError {
  fileprivate static func field(
    _ field: String, _ what: String, _ expected: String, _ path: String
  ) -> FileError {
    FileError(
      kind: .unusable, path: path, what: "the field \(field) \(what)", expected: expected,
      remedy: "Put back a copy of the file, or revoke by deleting the damaged token from it.")
  }
}
