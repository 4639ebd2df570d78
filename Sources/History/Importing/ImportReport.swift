/// What an import did, file by file, in the order of the work.
package struct ImportReport: Sendable {
  /// Nothing was written.
  package var isRehearsal: Bool
  /// Every file that was found, in the order in which they were tried.
  package var files: [FileReport] = []
  /// Why the rejects file is not what it should be; what was imported stays imported.
  package var rejectsFailure: HistoryError?
  /// Whether usage and subscriptions of the store, with what was added, speak of the same things; nil
  /// when nothing was added.
  package var idMatch: IdMatch?
  /// What is odd about what was added, the worst first.
  package var quality: [QualityFinding] = []

  /// The first failure; its kind decides the exit status.
  package var failure: HistoryError? {
    for file in files {
      if case .failed(let error) = file.outcome { return error }
    }
    return rejectsFailure
  }

  /// Whether anything was added to the store.
  package var hasImported: Bool {
    files.contains {
      if case .imported = $0.outcome { return true }
      return false
    }
  }
}

/// What became of one file.
package struct FileReport: Sendable {
  /// How it ended.
  package enum Outcome: Sendable {
    /// Added to the store, or, in a rehearsal, it would have been.
    case imported
    /// The store has the same bytes for the same source and day already.
    case unchanged(importId: Int64)
    /// Found in a folder and not one of ours; the reason is for the user.
    case skipped(String)
    case failed(HistoryError)
    /// An earlier file failed in a way that later ones would have failed as well.
    case notAttempted
  }

  /// The file, as it was given or found.
  package var path: String
  /// How it ended.
  package var outcome: Outcome
  /// The day it speaks of, and how that was found.
  package var observation: ObservationDay
  /// What the file was recognised as; nil when it was not.
  package var format: String?
  /// What its text is written in, when that is not UTF-8.
  package var encoding: String?
  /// What it is about; nil when it was not recognised.
  package var resource: Resource?
  /// Whose export it is; nil when it was not recognised.
  package var source: String?
  /// The number of the import; nil when nothing was added.
  package var importId: Int64?
  /// Rows that were loaded, repetitions included.
  package var rowsAccepted = 0
  /// Rows that could not be used.
  package var rowsRejected = 0
  /// Rows that are known to be of no use, such as deal registrations.
  package var rowsIgnored = 0
  /// Why rows were ignored, and how many.
  package var ignoredCounts: [String: Int] = [:]
  /// Ignored rows that speak of what was erased.
  package var rowsForgotten = 0
  /// Accepted rows that repeat another row of the file.
  package var rowsRepeated = 0
  /// Accepted rows that replace another row of the file.
  package var rowsRestated = 0
  /// Usage lines that the store did not have.
  package var linesNew = 0
  /// Usage lines that the store had with the same quantity.
  package var linesKnown = 0
  /// Usage lines that change a quantity of the store.
  package var linesCorrected = 0
  /// The first rejections; a rejects file has all of them.
  package var rejections: [Rejection] = []
  /// How often each reason was given.
  package var rejectionCounts: [String: Int] = [:]
  /// Unknown columns and values, sorted.
  package var notes: [ImportNote] = []
  /// What a person should know about the file.
  package var warnings: [String] = []
  /// What is worth telling and asks nobody to do anything.
  package var remarks: [String] = []
  /// Whether it is a page without rows.
  var isEmptyPage = false
  /// The file as the quality report looks at it; nil when it was not imported.
  var facts: QualityFacts.File?
}

/// How far an import is.
package struct ImportProgress: Sendable, Hashable {
  /// The file, as it was given or found.
  package var path: String
  /// From 1.
  package var fileNumber: Int
  /// All files of the import.
  package var fileCount: Int
  /// Rows of this file read so far.
  package var rows: Int
}
