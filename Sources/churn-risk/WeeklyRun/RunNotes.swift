import Files
import RiskModel

/// What an import told, kept until a run has ended.
///
/// A file is imported once, so that a run which is killed afterwards would leave nobody who still knows.
struct RunNotes {
  private let path: String

  init(_ path: String) { self.path = path }

  /// What was kept and what is new, each once; kept from now on.
  ///
  /// - Throws: `FileError` when it cannot be written.
  func keep(_ attention: [Attention]) throws -> [Attention] {
    let all = (kept + attention).unique
    guard all != kept else { return all }
    try writeFile(path) { try $0.write(all.json.serialized(pretty: false)) }
    return all
  }

  /// Forgets them, because they have been told.
  ///
  /// - Throws: `FileError` when the file cannot be removed.
  func forget() throws(FileError) { try removeFile(path) }

  /// What cannot be read was told by a run that ended in an unknown way: nothing rests on it.
  private var kept: [Attention] {
    guard let bytes = try? contents(ofFile: path),
      let notes = try? JSONValue(parsing: bytes, path: path)
    else { return [] }
    return (notes.array ?? []).map { Attention(json: $0) }
  }
}

extension [Attention] {
  /// Each once, where it stands first.
  var unique: [Attention] {
    var seen: Set<Attention> = []
    return filter { seen.insert($0).inserted }
  }
}
