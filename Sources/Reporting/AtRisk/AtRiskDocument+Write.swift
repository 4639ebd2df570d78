internal import Files
internal import RiskModel

extension AtRiskDocument {
  /// Everything before the rows, in the order of the schema.
  private func header(_ summary: Summary) -> JSONObject {
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
      "bands": isConfined ? .null : ["high": .number(high), "medium": .number(medium)],
      "attention": attentionJSON,
      "summary": [
        "scored": .integer(summary.scored), "high": .integer(summary.high),
        "medium": .integer(summary.medium), "low": .integer(summary.low),
        "excluded": .integer(excluded.count), "expectedChurn": .optional(summary.expectedChurn),
        "excludedByReason": .object(
          JSONObject(excludedByReason.map { ($0.reason, .integer($0.count)) })),
        "changes": summary.changes.json,
      ],
      "monitoring": monitoring,
    ]
  }

  /// What a person must read, as every file of an export repeats it.
  var attentionJSON: JSONValue { attention.json }

  /// Writes the file whole or not at all; `-` is standard output.
  ///
  /// - Throws: `FileError` when the file cannot be written.
  package func write(to path: String, mode: UInt32 = 0o600) throws {
    try writeFile(path, mode: mode) { output in try write(into: &output) }
  }

  /// Writes a file with rows that are made one after the other, as many as there are: memory holds a few
  /// hundred of them.
  ///
  /// - Parameters:
  ///   - path: `-` is standard output.
  ///   - mode: permissions of the file.
  ///   - count: how many rows.
  ///   - row: makes one, on any thread and twice, the same each time; what stands in `subscriptions` is
  ///     left out.
  /// - Throws: `FileError` when the file cannot be written.
  package func write(
    to path: String, mode: UInt32 = 0o600, count: Int, row: @Sendable (_ index: Int) -> Row
  ) throws {
    var summary = Summary(isByRule: model.learner == "rules")
    for index in 0..<count { summary.add(row(index)) }
    for row in excluded { summary.changes.add(row.change) }
    try writeFile(path, mode: mode) { output in
      try write(into: &output, summary, count: count, row: row)
    }
  }

  func write(into output: inout OutputFile) throws {
    var summary = Summary(isByRule: model.learner == "rules")
    for row in subscriptions { summary.add(row) }
    for row in excluded { summary.changes.add(row.change) }
    try write(into: &output, summary, count: subscriptions.count) { subscriptions[$0] }
  }

  /// The figures before the rows.
  private struct Summary {
    private(set) var scored = 0
    private(set) var high = 0
    private(set) var medium = 0
    /// Sum of the probabilities; nil under rules.
    private(set) var expectedChurn: Double?
    var changes = ChangeCounts()

    init(isByRule: Bool) { expectedChurn = isByRule ? nil : 0 }

    var low: Int { scored - high - medium }

    mutating func add(_ row: Row) {
      scored += 1
      changes.add(row.change)
      if row.riskBand == "high" { high += 1 }
      if row.riskBand == "medium" { medium += 1 }
      if let sum = expectedChurn { expectedChurn = sum + (row.churnProbability ?? 0) }
    }
  }

  /// Writes some hundred rows at a time, on all threads, so that memory does not grow with their text.
  private func write(
    into output: inout OutputFile, _ summary: Summary, count: Int,
    row: @Sendable (_ index: Int) -> Row
  ) throws {
    var writer = JSONWriter(output)
    try writer.beginObject()
    for (key, value) in header(summary).members {
      writer.key(key)
      try writer.value(value)
    }
    writer.key("subscriptions")
    try writer.beginArray()
    try inOrder(count: count, size: Self.rowsOfPiece) { range in
      Result { () throws(FileError) in
        try JSONWriter.elements(isFirst: range.lowerBound == 0) { (writer) throws(FileError) in
          for index in range { try write(row(index), to: &writer) }
        }
      }
    } take: {
      try writer.append(elements: $0.get())
    }
    try writer.endArray()
    writer.key("excluded")
    try writer.beginArray()
    try inOrder(count: excluded.count, size: Self.rowsOfPiece) { range in
      Result { () throws(FileError) in
        try JSONWriter.elements(isFirst: range.lowerBound == 0) { (writer) throws(FileError) in
          for index in range { try Self.write(excluded[index], to: &writer) }
        }
      }
    } take: {
      try writer.append(elements: $0.get())
    }
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
    try writer.object("probabilityByHorizon", row.churnProbability) {
      (writer, probability) throws(FileError) in
      let own = HorizonProbability(days: horizonDays, probability: probability)
      for horizon in row.probabilityByHorizon.isEmpty ? [own] : row.probabilityByHorizon {
        writer.key("\(horizon.days)")
        try writer.value(horizon.probability)
      }
    }
    writer.key(fixed: "vennAbers")
    if let range = row.vennAbers {
      try writer.beginArray()
      try writer.value(range.lowerBound)
      try writer.value(range.upperBound)
      try writer.endArray()
    } else {
      try writer.value(String?.none)
    }
    try writer.member("riskBand", row.riskBand)
    try writer.member("atRisk", row.isAtRisk)
    try writer.member("ruleScore", row.ruleScore)
    try writer.member("logOdds", row.logOdds)
    try Self.write(row.reasons, as: "reasons", to: &writer)
    try Self.write(row.mitigating, as: "mitigating", to: &writer)
    try writer.member("otherContributions", row.otherContributions)
    try Self.write(row.families, to: &writer)
    try Self.write(row.deadlines, to: &writer)
    try writer.object("previous", row.previous) { (writer, previous) throws(FileError) in
      try writer.member("asOf", previous.asOf)
      try writer.member("churnProbability", previous.churnProbability)
      try writer.member("riskBand", previous.riskBand)
      try writer.member("rank", previous.rank)
    }
    try writer.member("change", row.change)
    try writer.member("firstFlagged", row.firstFlagged)
    try writer.member("weeksFlagged", row.weeksFlagged)
    try writer.member("microsoftChurnRisk", row.identity.microsoftChurnRisk)
    try writer.object("listing", row.listing) { (writer, listing) throws(FileError) in
      try writer.member("listed", listing.isListed)
      try writer.member("since", listing.since)
      try writer.member("reason", listing.reason.rawValue)
    }
    try writer.object("contact", row.contact) { (writer, contact) throws(FileError) in
      try writer.member("date", contact.date)
      try writer.member("accountManager", contact.accountManager)
      try writer.member("outcome", contact.outcome)
      try writer.member("until", contact.until)
    }
    try writer.endObject()
  }

  private static func write(_ row: ExcludedRow, to writer: inout JSONWriter) throws(FileError) {
    try writer.beginObject()
    try row.identity.write(to: &writer)
    try writer.member("microsoftChurnRisk", row.identity.microsoftChurnRisk)
    try writer.member("reason", row.reason)
    try writer.member("since", row.since)
    try write(row.deadlines, to: &writer)
    try writer.member("change", row.change)
    try writer.endObject()
  }

  private static func write(
    _ deadlines: [Deadline], to writer: inout JSONWriter
  ) throws(FileError) {
    writer.key(fixed: "deadlines")
    try writer.beginArray()
    for deadline in deadlines {
      try writer.beginObject()
      try writer.member("kind", deadline.kind)
      try writer.member("date", deadline.date)
      try writer.member("text", deadline.text)
      try writer.endObject()
    }
    try writer.endArray()
  }

  private static func write(
    _ reasons: [Reason], as key: StaticString, to writer: inout JSONWriter
  ) throws(FileError) {
    writer.key(fixed: key)
    try writer.beginArray()
    for reason in reasons {
      try writer.beginObject()
      try writer.member("feature", reason.feature)
      try writer.member("family", reason.family)
      try writer.member("value", reason.value)
      try writer.member("contribution", reason.contribution)
      try writer.member("text", reason.text)
      writer.key(fixed: "message")
      if let message = reason.message {
        try message.write(to: &writer)
      } else {
        try writer.value(String?.none)
      }
      try writer.endObject()
    }
    try writer.endArray()
  }

  private static func write(
    _ families: [Family], to writer: inout JSONWriter
  ) throws(FileError) {
    writer.key(fixed: "families")
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
    try writer.member("usageThrough", usageThrough)
    try writer.member("autoRenewEnabled", autoRenewEnabled)
    try writer.member("commitmentEndDate", commitmentEndDate)
    try writer.member("trialStatus", trialStatus)
    try writer.member("trialEndDate", trialEndDate)
    try writer.member("trialToPaidConversionDate", trialToPaidConversionDate)
    try writer.member("licenseCount", licenseCount)
    try writer.object("owner", accountManager) { (writer, manager) throws(FileError) in
      try writer.member("accountManager", manager)
      try writer.member("email", email)
    }
    try writer.member("value", value)
    try writer.member("valueBasis", valueBasis)
    try writer.member("currency", currency)
    try writer.member("valuePeriodDays", value == nil ? nil : Self.valuePeriodDays)
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ key: StaticString, _ text: String?) throws(FileError) {
    self.key(fixed: key)
    try value(text)
  }

  fileprivate mutating func member(_ key: StaticString, _ number: Int?) throws(FileError) {
    self.key(fixed: key)
    try value(number)
  }

  fileprivate mutating func member(_ key: StaticString, _ number: Double?) throws(FileError) {
    self.key(fixed: key)
    try value(number)
  }

  fileprivate mutating func member(_ key: StaticString, _ flag: Bool?) throws(FileError) {
    self.key(fixed: key)
    try value(flag)
  }

  /// An object, or null for nothing.
  fileprivate mutating func object<Value>(
    _ key: StaticString, _ value: Value?,
    _ members: (inout JSONWriter, Value) throws(FileError) -> Void
  ) throws(FileError) {
    self.key(fixed: key)
    guard let value else { return try self.value(String?.none) }
    try beginObject()
    try members(&self, value)
    try endObject()
  }
}

extension JSONValue {
  /// The text, or null.
  static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
  /// The number, or null.
  static func optional(_ number: Double?) -> JSONValue { number.map { .number($0) } ?? .null }
}
