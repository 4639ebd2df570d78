/// What an export is about.
package enum Resource: String, Sendable, Hashable, CaseIterable {
  case subscriptions, usage, billing, monthlyUsage, owners, exclusions, contacts
  case indirectResellers, searches, referrals, licenseUsage, licenseDeployment, events
  case customers, customerSubscriptions

  /// Whether its rows are lines of usage.
  package var hasUsage: Bool { self == .usage || self == .billing || self == .monthlyUsage }

  /// Whether its lines are of single days, so that their delay can be told.
  var hasDailyUsage: Bool { self == .usage || self == .billing }

  /// Whether it shows how things were on the day it was made; the others are kept by the partner.
  package var isExport: Bool { !Self.keptByPeople.contains(self) }

  /// The lists that people keep.
  static let keptByPeople: [Resource] = [.owners, .exclusions, .contacts]

  /// Whether subscriptions are judged by it; the other exports are context.
  package var isEvidence: Bool { self == .subscriptions || hasUsage }
}

/// How the observation day of a file was found.
package enum DayOrigin: String, Sendable, Hashable, CaseIterable {
  case option
  case fileName = "file name"
  case folderName = "folder name"
  case modificationTime = "modification time"

  /// Whether a person or a path named the day.
  ///
  /// Only such a day can date usage: a file that was copied or unpacked again has another modification
  /// time, and nothing was learned on that day.
  package var isExplicit: Bool { self != .modificationTime }
}

/// What makes a file the same as one imported before.
package struct ImportIdentity: Sendable, Hashable {
  /// Name of the source.
  package var source: String
  /// What the file is about.
  package var resource: Resource
  /// The day on which the export was made.
  package var observedOn: CalendarDay
  /// SHA-256 of the file's own bytes, lower-case hexadecimal.
  package var sha256: String
}

/// One import as the store lists it.
package struct ImportRow: Sendable, Hashable {
  /// 0 before it is committed.
  package var id: Int64 = 0
  /// What makes the file the same as another.
  package var identity: ImportIdentity
  /// The user named the source; otherwise the rows told it, or nothing did.
  package var isSourceNamed = false
  /// Name of the import format.
  package var format: String
  /// The path as it was given.
  package var file: String
  /// How the observation day was found.
  package var dayOrigin: DayOrigin
  /// Rows that were loaded, repetitions included.
  package var rowsAccepted = 0
  /// Rows that could not be used.
  package var rowsRejected = 0
  /// Rows that are known to be of no use, such as deal registrations.
  package var rowsIgnored = 0
  /// Accepted rows that repeat another one of the file exactly.
  package var rowsRepeated = 0
  /// Accepted rows that replace another one of the file.
  package var rowsRestated = 0
  /// The file says that there are further pages.
  package var hasNextLink = false
  /// The rows that the whole answer had, where the file says so.
  package var totalCount: Int?
}

/// Something seen in a file that is worth telling, with how often it was seen.
package struct ImportNote: Sendable, Hashable, Comparable {
  /// What was seen.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case unknownColumn = "unknown column"
    case unknownValue = "unknown value"
    /// Rows that could not be used.
    case rejectedRow = "rejected row"
    /// Rows that are known to be of no use.
    case ignoredRow = "ignored row"
    /// Rows with a date after the observation day.
    case futureDate = "future date"
    /// Rows that speak of what was erased; they were ignored.
    case forgotten

    /// Whether something was not understood; the others are told in other words.
    package var isUnknown: Bool { self == .unknownColumn || self == .unknownValue }
  }

  /// What was seen.
  package var kind: Kind
  /// The column; `column=value` for an unknown value, `column: reason` for rejected rows.
  package var name: String
  /// The rows that had it.
  package var count: Int

  /// By kind, then name.
  package static func < (left: Self, right: Self) -> Bool {
    (left.kind.rawValue, left.name) < (right.kind.rawValue, right.name)
  }
}

extension ImportNote {
  /// Rows that were rejected for one reason; `column` is empty where the row itself cannot be read.
  init(rejectedFor reason: String, column: String, count: Int) {
    self.init(kind: .rejectedRow, name: "\(column): \(reason)", count: count)
  }

  /// What a note of rejected rows says; the column is nil where the row itself cannot be read.
  var columnAndReason: (column: String?, reason: String) {
    guard let colon = name.firstRange(of: ": ") else { return (nil, name) }
    let column = String(name[..<colon.lowerBound])
    return (column.isEmpty ? nil : column, String(name[colon.upperBound...]))
  }
}
