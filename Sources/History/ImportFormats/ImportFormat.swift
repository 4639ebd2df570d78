internal import Files

// How a file becomes rows of the store.
//
//   bytes ──► FileHead (shape, columns of the first rows) ──► the format that recognises it
//         ──► rows ──► the format's loader ──► FileImport: accepted, rejected, ignored
//
// To add a format: one file in this folder with a type that conforms to `ImportFormat`, and one line
// in `importFormats`. A format is recognised by what is in the file, never by its name.

/// A kind of export that can be imported.
protocol ImportFormat: Sendable {
  /// For people, for instance "Azure usage analytics".
  var name: String { get }
  var resource: Resource { get }
  /// The source of a file when neither the user nor its rows name one.
  var defaultSource: String { get }
  /// Columns that its documentation names and nothing here needs: nobody is told of them.
  var unusedColumns: [String] { get }
  /// Whether a file that begins like this is of this format.
  func recognises(_ head: FileHead) -> Recognition
  /// What reads the rows of a file of this format.
  func loader(_ file: FileImport) -> any RowLoader
}

extension ImportFormat {
  var defaultSource: String { "default" }
  var unusedColumns: [String] { [] }
}

/// Every format, in the order in which they are asked.
let importFormats: [any ImportFormat] = [
  SubscriptionAnalytics(),
  InsightsSubscriptions(),
  AzureUsageAnalytics(),
  GraphBillingUsage(),
  FocusCostAndUsage(),
  InsightsAzureUsage(),
  Owners(),
  Exclusions(),
  Contacts(),
  IndirectResellers(),
  SearchAnalytics(),
  ReferralAnalytics(),
  LicenseUsage(),
  LicenseDeployment(),
  AuditRecords(),
  ActivityLog(),
  CustomerList(),
  CustomerSubscriptions(),
]

/// What a format says about the beginning of a file.
enum Recognition: Hashable {
  case no
  case yes
  /// It is known what this is, and that it is of no use; the reason is for the user.
  case refused(String)
}

/// Reads the rows of one file; what it makes of them goes to the `FileImport` it was made with.
protocol RowLoader: AnyObject {
  /// For each field the names it goes by, compared without regard to case.
  var fields: [[String]] { get }
  /// Loads a row that is a JSON object; its members carry the position of their field.
  func load(_ row: JSONRowParser, line: Int) throws(HistoryError)
  /// Told of a row that is a JSON object and was rejected before it could be loaded.
  func noteRejected(_ row: JSONRowParser) throws(HistoryError)
  /// Called after the last row.
  func finish() throws(HistoryError)
}

extension RowLoader {
  func noteRejected(_ row: JSONRowParser) throws(HistoryError) {}
  func finish() throws(HistoryError) {}
}
