// The activity log of Partner Center's web page, as it exports it.
//
//   Date-Time,Affected customer,Action,Partner user
//   https://learn.microsoft.com/partner-center/account-settings/activity-logs
//
// It names customers by name only, and no subscriptions. The customer is found by the name when the
// events are read, if the subscription exports or the customer list know exactly one of that name.

/// The activity log CSV.
struct ActivityLog: ImportFormat {
  let name = "activity log"
  let resource = Resource.events

  func recognises(_ head: FileHead) -> Recognition {
    func has(_ column: WebColumn) -> Bool { column.headers.contains { head.has($0) } }
    return has(.affectedCustomer) && has(.action) && has(.dateTime) ? .yes : .no
  }

  func loader(_ file: FileImport) -> any RowLoader { ActivityLogLoader(file) }
}

private enum Field: Int, CaseIterable {
  case dateTime, affectedCustomer, action
  // Known, and nobody's business.
  case others

  var names: [String] {
    switch self {
    case .dateTime: WebColumn.dateTime.headers
    case .affectedCustomer: WebColumn.affectedCustomer.headers
    case .action: WebColumn.action.headers
    case .others:
      WebColumn.partnerUser.headers + WebColumn.status.headers
        + WebColumn.additionalInformation.headers
    }
  }
}

private final class ActivityLogLoader: FieldRowLoader {
  let fields = Field.allCases.map(\.names)
  let file: FileImport
  private var writer = EventWriter()

  init(_ file: FileImport) { self.file = file }

  func load(_ row: FieldRow) throws(HistoryError) {
    let date = row.date(Field.dateTime.rawValue)
    guard case .day(let day) = date else {
      return try file.reject(
        line: row.line, column: WebColumn.dateTime.english,
        date == .ambiguous ? date.problem : "the date is missing, impossible or not a date")
    }
    guard let action = row.text(Field.action.rawValue) else {
      return try file.reject(
        line: row.line, column: WebColumn.action.english, "the row has no action")
    }
    let operation = Operation(action)
    if operation == nil { file.note(unknownOperation: action, of: WebColumn.action.english) }
    let record = AuditRecord(
      operation: operation, resourceType: "", partnerId: nil, old: nil, new: nil, customized: nil)
    for (kind, detail) in record.happenings {
      try writer.write(
        Event(day: day, kind: kind, detail: detail),
        customerName: row.text(Field.affectedCustomer.rawValue), file)
    }
    if day > file.observedOn { file.rowsFromTheFuture += 1 }
    file.accept()
  }
}
