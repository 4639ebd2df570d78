// Subscriptions and customers that must not train or be scored: a list that the partner keeps.
//
//   subscriptionId,customerTenantId,reason,from
//   6F9619FF-8B86-D011-B42D-00C04FC964FF,,transferred,2025-03-01
//   ,0B9F1A2C-…,internal,
//
// A row with both ids is about the subscription.

/// The exclusions CSV: `subscriptionId` or `customerTenantId`, `reason`, `from`.
struct Exclusions: ImportFormat {
  let name = "exclusions"
  let resource = Resource.exclusions

  func recognises(_ head: FileHead) -> Recognition {
    head.shape == .delimited && head.has("reason")
      && head.has("subscriptionId", "customerTenantId")
      && !head.has("accountManager", "line") ? .yes : .no
  }

  func loader(_ file: FileImport) -> any RowLoader { ExclusionsLoader(file) }
}

private enum Field: Int, CaseIterable {
  case subscriptionId, customerTenantId, reason, from
}

private final class ExclusionsLoader: FieldRowLoader {
  let fields = Field.allCases.map { ["\($0)"] }
  let file: FileImport

  init(_ file: FileImport) { self.file = file }

  func load(_ row: FieldRow) throws(HistoryError) {
    func text(_ field: Field) -> String? { row.text(field.rawValue) }
    func reject(_ field: Field, _ reason: String) throws(HistoryError) {
      try file.reject(line: row.line, column: "\(field)", reason)
    }
    guard let word = text(.reason) else { return try reject(.reason, "the row has no reason") }
    guard let reason = closedListWord(word, of: ExclusionReason.self) else {
      let known = ExclusionReason.allCases.map(\.rawValue).joined(separator: ", ")
      return try reject(.reason, "the reason is none of \(known)")
    }
    var exclusion = Exclusion(reason: reason)
    if let id = text(.subscriptionId) {
      guard let guid = GUID(id) else {
        return try reject(.subscriptionId, "the id is not a GUID")
      }
      exclusion.subscriptionId = guid
    } else if let tenant = text(.customerTenantId) {
      exclusion.customerTenantId = GUID(tenant)?.description ?? tenant.lowercased()
    } else {
      return try reject(.subscriptionId, "the row names neither subscription nor customer")
    }
    switch row.date(Field.from.rawValue) {
    case .day(let day): exclusion.from = day
    case .unset: break
    case .noEnd: return try reject(.from, ParsedDate.invalid.problem)
    case .ambiguous, .invalid: return try reject(.from, row.date(Field.from.rawValue).problem)
    }
    try file.transaction.store.insertExclusion(
      exclusion, line: row.line, importId: file.transaction.importId)
    file.accept()
  }
}
