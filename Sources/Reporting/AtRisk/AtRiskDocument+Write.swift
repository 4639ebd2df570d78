internal import Files

extension AtRiskDocument {
  /// Everything before the rows, in the order of the schema.
  private var header: JSONObject {
    [
      "schemaVersion": .integer(Self.schemaVersion),
      "asOf": .string(asOf),
      "dataThrough": .string(dataThrough),
      "lagDays": .integer(lagDays),
      "horizonDays": .integer(horizonDays),
      "churnDefinition": [
        "events": .array(churnEvents.map { .string($0) }), "text": .string(churnText),
      ],
      "model": [
        "name": .string(model.name), "learner": .string(model.learner),
        "trainedThrough": .optional(model.trainedThrough), "sha256": .string(model.sha256),
        "baseRate": .optional(model.baseRate), "grade": .optional(model.grade),
        "bias": .number(model.bias), "calibration": model.calibration,
      ],
      "bands": ["high": .number(high), "medium": .number(medium)],
      "attention": attentionJSON,
      "summary": [
        "scored": .integer(subscriptions.count), "high": .integer(count(ofBand: "high")),
        "medium": .integer(count(ofBand: "medium")), "low": .integer(count(ofBand: "low")),
        "excluded": .integer(excluded.count), "expectedChurn": .optional(expectedChurn),
        "excludedByReason": .object(
          JSONObject(excludedByReason.map { ($0.reason, .integer($0.count)) })),
      ],
      "monitoring": monitoring,
    ]
  }

  /// What a person must read, as every file of an export repeats it.
  var attentionJSON: JSONValue {
    .array(
      attention.map {
        ["code": .string($0.code), "severity": .string($0.severity), "text": .string($0.text)]
      })
  }

  /// Writes the file whole or not at all; `-` is standard output.
  ///
  /// - Throws: `FileError` when the file cannot be written.
  package func write(to path: String, mode: UInt32 = 0o600) throws {
    try writeFile(path, mode: mode) { output in try write(into: &output) }
  }

  /// Writes the document some hundred rows at a time, on all threads, so that memory does not grow with
  /// its text.
  func write(into output: inout OutputFile) throws {
    var writer = JSONWriter(output)
    try writer.beginObject()
    for (key, value) in header.members {
      writer.key(key)
      try writer.value(value)
    }
    writer.key("subscriptions")
    try writer.beginArray()
    try inOrder(count: subscriptions.count, size: Self.rowsOfPiece) { range in
      Result { () throws(FileError) in
        try JSONWriter.elements(isFirst: range.lowerBound == 0) { (writer) throws(FileError) in
          for index in range { try write(subscriptions[index], to: &writer) }
        }
      }
    } take: {
      try writer.append(elements: $0.get())
    }
    try writer.endArray()
    writer.key("excluded")
    try writer.beginArray()
    for row in excluded { try Self.write(row, to: &writer) }
    try writer.endArray()
    try writer.endObject()
  }

  private static let rowsOfPiece = 256

  private func write(_ row: Row, to writer: inout JSONWriter) throws(FileError) {
    try writer.beginObject()
    try writer.member("rank", row.rank)
    try row.identity.write(to: &writer)
    try writer.member("expectedLoss", row.expectedLoss)
    try writer.member("churnProbability", row.churnProbability)
    try writer.member(
      "probabilityByHorizon",
      row.churnProbability.map { probability in
        guard !row.probabilityByHorizon.isEmpty else {
          return .object([String(horizonDays): .number(probability)])
        }
        return .object(
          JSONObject(row.probabilityByHorizon.map { (String($0.days), .number($0.probability)) }))
      } ?? .null)
    try writer.member(
      "vennAbers",
      row.vennAbers.map { [.number($0.lowerBound), .number($0.upperBound)] } ?? JSONValue.null)
    try writer.member("riskBand", row.riskBand)
    try writer.member("atRisk", row.isAtRisk)
    try writer.member("ruleScore", row.ruleScore)
    try writer.member("logOdds", row.logOdds)
    try Self.write(row.reasons, as: "reasons", to: &writer)
    try Self.write(row.mitigating, as: "mitigating", to: &writer)
    try writer.member("otherContributions", row.otherContributions)
    try Self.write(row.families, to: &writer)
    try writer.member("deadlines", Self.json(row.deadlines))
    try writer.member(
      "previous",
      row.previous.map { previous in
        [
          "asOf": .string(previous.asOf),
          "churnProbability": .optional(previous.churnProbability),
          "riskBand": .string(previous.riskBand), "rank": .integer(previous.rank),
        ]
      } ?? .null)
    try writer.member("change", row.change)
    try writer.member("firstFlagged", row.firstFlagged)
    try writer.member("weeksFlagged", row.weeksFlagged)
    try writer.member("microsoftChurnRisk", row.identity.microsoftChurnRisk)
    try writer.member(
      "listing",
      row.listing.map {
        [
          "listed": .bool($0.isListed), "since": .optional($0.since),
          "reason": .string($0.reason.rawValue),
        ]
      } ?? .null)
    try writer.member(
      "contact",
      row.contact.map {
        [
          "date": .string($0.date), "accountManager": .optional($0.accountManager),
          "outcome": .string($0.outcome), "until": .optional($0.until),
        ]
      } ?? .null)
    try writer.endObject()
  }

  private static func write(_ row: ExcludedRow, to writer: inout JSONWriter) throws(FileError) {
    try writer.beginObject()
    try row.identity.write(to: &writer)
    try writer.member("microsoftChurnRisk", row.identity.microsoftChurnRisk)
    try writer.member("reason", row.reason)
    try writer.member("since", row.since)
    try writer.member("deadlines", json(row.deadlines))
    try writer.endObject()
  }

  private static func json(_ deadlines: [Deadline]) -> JSONValue {
    .array(
      deadlines.map {
        ["kind": .string($0.kind), "date": .string($0.date), "text": .string($0.text)]
      })
  }

  private static func write(
    _ reasons: [Reason], as key: String, to writer: inout JSONWriter
  ) throws(FileError) {
    writer.key(key)
    try writer.beginArray()
    for reason in reasons {
      try writer.beginObject()
      try writer.member("feature", reason.feature)
      try writer.member("family", reason.family)
      try writer.member("value", reason.value)
      try writer.member("contribution", reason.contribution)
      try writer.member("text", reason.text)
      try writer.member("message", reason.message?.json ?? .null)
      try writer.endObject()
    }
    try writer.endArray()
  }

  private static func write(
    _ families: [Family], to writer: inout JSONWriter
  ) throws(FileError) {
    writer.key("families")
    try writer.beginArray()
    for family in families {
      try writer.beginObject()
      try writer.member("family", family.family)
      try writer.member("contribution", family.contribution)
      try writer.member("probabilityWithout", family.probabilityWithout)
      try writer.member("changeSincePrevious", family.changeSincePrevious)
      try writer.endObject()
    }
    try writer.endArray()
  }
}

extension AtRiskDocument.Identity {
  fileprivate func write(to writer: inout JSONWriter) throws(FileError) {
    try writer.member("subscriptionId", subscriptionId)
    try writer.member("subscriptionName", subscriptionName)
    try writer.member("customerTenantId", customerTenantId)
    try writer.member("customerName", customerName)
    try writer.member("customerMarket", customerMarket)
    try writer.member("partnerId", partnerId)
    try writer.member("partnerName", partnerName)
    try writer.member("providerName", providerName)
    try writer.member("productName", productName)
    try writer.member("status", status)
    try writer.member("subscriptionStartDate", subscriptionStartDate)
    try writer.member("lastUsageDate", lastUsageDate)
    try writer.member("autoRenewEnabled", autoRenewEnabled)
    try writer.member("commitmentEndDate", commitmentEndDate)
    try writer.member("trialStatus", trialStatus)
    try writer.member("trialEndDate", trialEndDate)
    try writer.member("trialToPaidConversionDate", trialToPaidConversionDate)
    try writer.member("licenseCount", licenseCount)
    try writer.member(
      "owner",
      accountManager.map { ["accountManager": .string($0), "email": .optional(email)] } ?? .null)
    try writer.member("value", value)
    try writer.member("valueBasis", valueBasis)
    try writer.member("currency", currency)
    try writer.member("valuePeriodDays", value == nil ? nil : Self.valuePeriodDays)
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ key: String, _ text: String?) throws(FileError) {
    self.key(key)
    try value(text)
  }

  fileprivate mutating func member(_ key: String, _ number: Int?) throws(FileError) {
    self.key(key)
    try value(number)
  }

  fileprivate mutating func member(_ key: String, _ number: Double?) throws(FileError) {
    self.key(key)
    try value(number)
  }

  fileprivate mutating func member(_ key: String, _ flag: Bool?) throws(FileError) {
    self.key(key)
    try value(flag)
  }

  fileprivate mutating func member(_ key: String, _ json: JSONValue) throws(FileError) {
    self.key(key)
    try value(json)
  }
}

extension JSONValue {
  /// The text, or null.
  static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
  /// The number, or null.
  static func optional(_ number: Double?) -> JSONValue { number.map { .number($0) } ?? .null }
}
