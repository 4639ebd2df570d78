package import Files
package import History
internal import RiskModel

/// The files of a model that a page tells of, where there are any.
package struct PageFiles: Sendable {
  /// The folder of the model.
  package var model: String
  /// What `backtest` wrote; nil looks where it usually is.
  package var backtest: String?

  /// The folder that `train` writes unless told otherwise; one of another name must be there.
  package static let usualModel = "model"

  /// Files of a model's folder.
  package init(model: String = Self.usualModel, backtest: String? = nil) {
    self.model = model
    self.backtest = backtest
  }

  /// evaluation.json of the model.
  package var evaluationPath: String { "\(model)/evaluation.json" }

  /// Where a backtest may be; the first that is there counts.
  package var backtestPaths: [String] {
    backtest.map { [$0] } ?? ["\(model)/backtest.json", "backtest.json"]
  }

  /// evaluation.json.
  ///
  /// - Throws: `FileError` when it is no JSON, or missing where a folder was named.
  package func evaluation() throws(FileError) -> PageInput.Given<JSONValue> {
    guard let json = try json(evaluationPath, isNamed: model != Self.usualModel) else {
      return .absent(
        "There is no \(evaluationPath): 'churn-risk train' writes it, and --model names another folder."
      )
    }
    return .value(json)
  }

  /// backtest.json.
  ///
  /// - Throws: `FileError` when it is no JSON, or missing where it was named.
  package func pastLists() throws(FileError) -> PageInput.Given<JSONValue> {
    for path in backtestPaths {
      if let json = try json(path, isNamed: backtest != nil) { return .value(json) }
    }
    return .absent(
      "There is no backtest.json in \(model) or here: 'churn-risk backtest' writes it, and --backtest names "
        + "another file.")
  }

  /// A JSON file; nil where there is none and nobody named one.
  private func json(_ path: String, isNamed: Bool) throws(FileError) -> JSONValue? {
    do {
      return try JSONValue(parsing: contents(ofFile: path), path: path)
    } catch {
      guard error.kind == .missing, !isNamed else { throw error }
      return nil
    }
  }
}

extension PagePeriod {
  /// A period that cannot be shown.
  package struct Unknown: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in a sentence.
    package var description: String
  }

  /// The days that were asked for, as far as a history knows them.
  ///
  /// - Parameters:
  ///   - history: what is known.
  ///   - from: nil = 90 days through `to`.
  ///   - to: nil = the newest observation.
  ///   - asOf: nil = the newest observation.
  /// - Throws: `Unknown` when nothing is known of the days; what `HistorySpan` throws.
  package init(
    of history: some HistorySource, from: CalendarDay?, to: CalendarDay?, asOf: CalendarDay?
  ) throws {
    let span = try HistorySpan(history.sources)
    let asOf = try span.resolve(asOf: asOf)
    let known = history.sources.flatMap { $0.days.map(\.day) }.filter { $0 <= asOf }
    let last = known.max() ?? asOf
    if let from, from > last {
      throw Unknown(
        description:
          "The period begins on \(from), after the newest observation, \(last): nothing is known of it."
      )
    }
    self.init(from: from, to: to, asOf: asOf, firstObservation: span.first, lastObservation: last)
  }
}
