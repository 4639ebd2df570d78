import Files
import RiskModel

/// A model's folder: what `train` writes and `score` reads.
struct ModelFolder {
  let path: String

  init(_ path: String) { self.path = path }

  var model: String { "\(path)/model.json" }
  var evaluation: String { "\(path)/evaluation.json" }
  var card: String { "\(path)/card.md" }

  /// Reads the model.
  ///
  /// - Throws: what reading it throws; a missing model says how to make one.
  func read() throws -> RiskModelFile {
    do {
      return try RiskModelFile(contentsOf: model)
    } catch let error as FileError where error.kind == .missing {
      throw FileError(
        kind: .missing, path: model, what: "there is no model yet",
        remedy: "Train one with 'churn-risk train', or name its folder with --model.")
    }
  }

  /// Writes what `train` returns.
  ///
  /// The files are opened before the training, which takes long: a folder that cannot be written is
  /// found out at once. model.json takes its name last; with it the folder is complete. When the
  /// training fails, no file and no new folder is left.
  ///
  /// - Throws: `FileError` of kind `unwritable`, and what `train` throws.
  func write(_ train: () throws -> TrainingResult) throws -> TrainingResult {
    let made = try makeFolder(path)
    do {
      return try writeFiles(train)
    } catch {
      for folder in made.reversed() { removeEmptyFolder(folder) }
      throw error
    }
  }

  private func writeFiles(_ train: () throws -> TrainingResult) throws -> TrainingResult {
    var result: TrainingResult?
    try writeFile(model) { model in
      var text = ""
      try writeFile(card) { card in
        try writeFile(evaluation) { evaluation in
          let trained = try train()
          let (sealed, content) = trained.model.sealed()
          text = content
          try evaluation.write(
            trained.evaluation(sha256: sealed.sha256).serialized() + "\n")
          try card.write(trained.card(sha256: sealed.sha256))
          result = trained
        }
      }
      try model.write(text)
    }
    guard let result else { preconditionFailure("a file was written without its body") }
    return result
  }
}
