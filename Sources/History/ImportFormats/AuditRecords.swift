internal import Files

// Partner Center's audit records: who did what to customers and subscriptions, without who.
//
//   GET /v1/auditrecords?startDate=…&endDate=…        at most 90 days back
//   https://learn.microsoft.com/partner-center/developer/auditing-resources
//
// An operation that failed or is not finished changed nothing. An operation that is not known is kept
// as `other` and counted by name.

/// The audit records of the API.
struct AuditRecords: ImportFormat {
  let name = "audit records"
  let resource = Resource.events

  func recognises(_ head: FileHead) -> Recognition {
    head.has("operationType") && head.has("operationDate")
      && head.has("resourceType", "operationStatus") ? .yes : .no
  }

  func loader(_ file: FileImport) -> any RowLoader { AuditRecordLoader(file) }
}

private enum Field: Int, CaseIterable {
  case customerId, customerName, partnerId, resourceType, resourceOldValue, resourceNewValue
  case operationType, operationDate, operationStatus, customizedData
  // Known, and of no use or nobody's business.
  case others

  var names: [String] {
    switch self {
    case .customerId: ["customerId", "customerTenantId"]
    case .others:
      [
        "userPrincipalName", "applicationId", "id", "originalCorrelationId", "participants",
        "attributes", "links",
      ]
    default: ["\(self)"]
    }
  }
}

private final class AuditRecordLoader: FieldRowLoader {
  let fields = Field.allCases.map(\.names)
  let file: FileImport
  private var writer = EventWriter()

  init(_ file: FileImport) { self.file = file }

  /// Reads a row with what is nested in it, as the JSON that a table would have.
  func load(_ row: JSONRowParser, line: Int) throws(HistoryError) {
    var fieldRow = FieldRow(
      line: line, values: Array(repeating: nil, count: fields.count), texts: file.texts)
    let values = row.value?.object ?? JSONObject()
    for (index, member) in row.members.enumerated() {
      let key = row.key(index)
      guard member.field >= 0 else {
        file.note(unknownColumn: key.utf8Span.span)
        continue
      }
      fieldRow.values[member.field] =
        switch values[key] {
        case nil, .null: .null
        case .string(let text): .text(text)
        case let value?: .text(value.serialized(pretty: false))
        }
    }
    try load(fieldRow)
  }

  func load(_ row: FieldRow) throws(HistoryError) {
    func text(_ field: Field) -> String { row.text(field.rawValue) ?? "" }
    switch text(.operationStatus).lowercased() {
    case "succeeded", "": break
    case "failed", "progress", "decline", "declined":
      return file.ignore(because: IgnoredReason.notDone)
    case let status: file.note(unknownValue: status, of: "operationStatus")
    }
    let date = row.date(Field.operationDate.rawValue)
    guard case .day(let day) = date else {
      return try file.reject(
        line: row.line, column: "operationDate",
        date == .ambiguous ? date.problem : "the date is missing, impossible or not a date")
    }
    let written = text(.operationType)
    let operation = Operation(written)
    if operation == nil { file.note(unknownOperation: written, of: "operationType") }
    let record = AuditRecord(
      operation: operation, resourceType: text(.resourceType), partnerId: GUID(text(.partnerId)),
      old: json(text(.resourceOldValue)), new: json(text(.resourceNewValue)),
      customized: json(text(.customizedData)))
    let customer = text(.customerId)
    let tenant =
      customer.isEmpty || GUID(customer) == .zero
      ? nil : GUID(customer)?.description ?? customer.lowercased()
    let ids: [GUID?] = record.subscriptionIds
    for (kind, detail) in record.happenings {
      for id in ids.isEmpty ? [nil] : ids {
        try writer.write(
          Event(
            day: day, kind: kind, detail: detail, subscriptionId: id, customerTenantId: tenant),
          customerName: tenant == nil ? row.text(Field.customerName.rawValue) : nil, file)
      }
    }
    if day > file.observedOn { file.rowsFromTheFuture += 1 }
    file.accept()
  }

  private func json(_ text: String) -> JSONValue? {
    text.isEmpty ? nil : try? JSONValue(parsing: Array(text.utf8), path: "")
  }
}
