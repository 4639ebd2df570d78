import Files
import History
import RiskModel

/// What a person should know about an import: failures, rejected rows, warnings, unknown things.
struct ImportAttention {
  private let files: [FileReport]
  private let quality: [QualityFinding]

  init(_ report: ImportReport) {
    files = report.files
    quality = report.quality
  }

  /// Every failure, in the order of the files.
  var failures: [HistoryError] {
    files.compactMap { file in
      if case .failed(let error) = file.outcome { return error }
      return nil
    }
  }

  /// Failures first, then the rest.
  var all: [Attention] { failures.map(Attention.init(failed:)) + remarks }

  /// What is to be said about the files that did not fail, each once with how often it was met.
  var remarks: [Attention] {
    rejections + warnings + notes + forgotten + inPassing + errors
  }

  /// Errors of the quality report; rejected rows are told with their reasons anyway.
  private var errors: [Attention] {
    QualityText.attention(quality.filter { $0.name != "rejectedRows" })
  }

  private var forgotten: [Attention] {
    let rows = files.reduce(0) { $0 + $1.rowsForgotten }
    guard rows > 0 else { return [] }
    return [
      Attention(
        "forgotten",
        "Ignored \(counted(rows, "row")) of what 'churn-risk forget' has erased.",
        severity: .information)
    ]
  }

  private var rejections: [Attention] {
    var counts: [String: Int] = [:]
    for file in files {
      for (reason, count) in file.rejectionCounts { counts[reason, default: 0] += count }
    }
    return counts.sorted { $0.key < $1.key }.map { reason, count in
      let first = files.lazy.flatMap(\.rejections).first { $0.reason == reason }
      let place = first.map { "; the first: \($0.file):\($0.line)\(Self.column(of: $0))" } ?? ""
      return Attention("rowsRejected", "Rejected \(counted(count, "row")): \(reason)\(place).")
    }
  }

  /// Where in its line a rejected row cannot be read; nothing where that is the whole line.
  private static func column(of rejection: Rejection) -> String {
    if rejection.column.isEmpty { return "" }
    // A line that is no JSON has no columns yet.
    return rejection.column.hasPrefix("byte ")
      ? ", at \(rejection.column)" : ", column \(rejection.column)"
  }

  private var warnings: [Attention] {
    Self.kinds(
      files.map { file in
        (
          file.path,
          file.warnings.filter { !(isAboutPages($0) && hasLastPage(of: file)) }
        )
      }
    ).map { Attention("fileWarning", $0) }
  }

  private var inPassing: [Attention] {
    Self.kinds(files.map { ($0.path, $0.remarks) }).map {
      Attention("fileRemark", $0, severity: .information)
    }
  }

  /// Texts of one kind become one: they differ only by the numbers and days in them.
  private static func kinds(_ files: [(path: String, texts: [String])]) -> [String] {
    var kinds: [(kind: String, first: String, files: Int)] = []
    for file in files {
      for text in file.texts {
        let kind = text.withoutNumbers
        if let index = kinds.firstIndex(where: { $0.kind == kind }) {
          kinds[index].files += 1
        } else {
          kinds.append((kind, "\(file.path): \(text)", 1))
        }
      }
    }
    return kinds.map { kind in
      let more = kind.files > 1 ? " (and \(counted(kind.files - 1, "more file")) alike)" : ""
      let isSentence = more.isEmpty && ["?", "!", "."].contains(kind.first.last)
      return "\(kind.first)\(more)\(isSentence ? "" : ".")"
    }
  }

  private func isAboutPages(_ warning: String) -> Bool { warning.contains("names a next page") }

  /// Whether another file of the same source, kind and day is the last page: then none is missing for
  /// all that the files say.
  private func hasLastPage(of file: FileReport) -> Bool {
    files.contains { other in
      other.resource == file.resource && other.source == file.source
        && other.observation.day == file.observation.day && other.isInHistory
        && !other.warnings.contains(where: isAboutPages)
    }
  }

  /// An unknown column is only not read; an unknown value may mean something to a person.
  private var notes: [Attention] {
    let kinds = Dictionary(grouping: files.flatMap(\.notes)) { [$0.kind.rawValue, $0.name] }
    return kinds.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { _, notes in
      guard let first = notes.first else { return nil }
      let rows = counted(notes.reduce(0) { $0 + $1.count }, "row")
      return switch first.kind {
      case .unknownColumn:
        Attention(
          "unknownColumn", "Unknown column '\(first.name)' in \(rows); it was not read.",
          severity: .information)
      case .unknownValue:
        Attention(
          "unknownValue", "Unknown value '\(first.name)' in \(rows); it was kept as unknown.")
      case .rejectedRow, .ignoredRow, .futureDate, .forgotten: nil
      }
    }
  }
}

extension Attention {
  /// A file that could not be imported.
  init(failed error: HistoryError) { self.init("fileFailed", "\(error)") }
}

extension FileReport {
  fileprivate var isInHistory: Bool {
    switch outcome {
    case .imported, .unchanged: true
    case .skipped, .failed, .notAttempted: false
    }
  }
}

extension String {
  /// The text with every run of digits as one 0.
  fileprivate var withoutNumbers: String {
    var result = ""
    for character in self {
      if character.isNumber {
        if result.last != "0" { result.append("0") }
      } else {
        result.append(character)
      }
    }
    return result
  }
}
