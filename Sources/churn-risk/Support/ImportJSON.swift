import Files
import History
import RiskModel

extension ImportReport {
  /// The report as `import --json` prints it.
  func json(attention: [Attention]) -> JSONValue {
    [
      "isDryRun": .bool(isRehearsal), "files": .array(files.map(\.json)),
      "quality": QualityText(quality).json,
      "attention": attention.json,
    ]
  }

  /// Why a run that found no export at all is a failure: a weekly job must notice.
  var nothingToImport: FileError? {
    let isUseless = files.allSatisfy {
      if case .skipped = $0.outcome { return true }
      return false
    }
    guard isUseless else { return nil }
    return FileError(
      kind: files.isEmpty ? .missing : .unusable,
      path: files.first?.path ?? "the given folders",
      what: files.isEmpty
        ? "there is no file"
        : "no export that is known, among \(counted(files.count, "file"))",
      expected:
        "exports of Partner Center, Insights, Graph billing or FOCUS as JSON, JSON Lines or tables, "
        + "owners.csv or exclusions.csv",
      remedy: "Check the path; 'churn-risk import --help' says what is read.")
  }
}

extension FileReport {
  private var outcomeName: String {
    switch outcome {
    case .imported: "imported"
    case .unchanged: "unchanged"
    case .skipped: "skipped"
    case .failed: "failed"
    case .notAttempted: "notAttempted"
    }
  }

  /// Why it was not imported.
  private var reason: String? {
    switch outcome {
    case .imported: nil
    case .unchanged(let id): "the same bytes are in the history as import \(id)"
    case .skipped(let reason): reason
    case .failed(let error): "\(error)"
    case .notAttempted: "an earlier file failed in a way that this one would have failed as well"
    }
  }

  fileprivate var json: JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "file": .string(path), "outcome": .string(outcomeName), "reason": text(reason),
      "importId": importId.map { .integer(Int($0)) } ?? .null, "format": text(format),
      "encoding": .string(encoding ?? "UTF-8"), "resource": text(resource?.rawValue),
      "source": text(source),
      "observedOn": .string("\(observation.day)"),
      "dayFrom": .string(observation.origin.rawValue), "rowsAccepted": .integer(rowsAccepted),
      "rowsRejected": .integer(rowsRejected), "rowsIgnored": .integer(rowsIgnored),
      "rowsRepeated": .integer(rowsRepeated), "rowsRestated": .integer(rowsRestated),
      "linesNew": .integer(linesNew), "linesKnown": .integer(linesKnown),
      "linesCorrected": .integer(linesCorrected),
      "rejections": .array(
        rejections.map {
          [
            "file": .string($0.file), "line": .integer($0.line), "column": .string($0.column),
            "reason": .string($0.reason),
          ]
        }),
      "warnings": .array(warnings.map { .string($0) }),
      "remarks": .array(remarks.map { .string($0) }),
    ]
  }
}
