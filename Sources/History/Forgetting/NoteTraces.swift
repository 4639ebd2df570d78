// What was not understood of a file is kept with its import, in the words of the file. A column that was
// mistaken for another, or a value in the wrong one, may so hold a name; the notes that hold one of an
// erased customer's names or ids are deleted.

/// The texts by which a note speaks of a customer.
struct NoteTraces {
  /// In lower case, as notes have them.
  private let texts: Set<String>

  /// Shorter texts stand in too many words that are nobody's name.
  private static let shortest = 4

  /// - Parameter texts: names and ids.
  init(_ texts: [String]) {
    self.texts = Set(
      texts.map { FileImport.printable($0).lowercased() }.filter { $0.count >= Self.shortest })
  }

  /// Whether a note holds one of them, also one that the note cuts off.
  func areIn(_ note: String) -> Bool {
    let note = note.lowercased()
    let isCut = note.unicodeScalars.count >= FileImport.longestNote
    return texts.contains { text in
      if note.contains(text) { return true }
      guard isCut else { return false }
      return (Self.shortest..<text.count).contains { note.hasSuffix(text.prefix($0)) }
    }
  }
}

extension HistoryStore {
  /// Deletes the notes of imports that hold one of the texts.
  ///
  /// - Returns: how many they were.
  /// - Throws: `.unwritable` and the like.
  func deleteNotes(holding traces: NoteTraces) throws(HistoryError) -> Int {
    let query = try statement(
      "SELECT DISTINCT kind, name FROM import_note WHERE kind IN ('unknown column', 'unknown value')"
    )
    var found: [(kind: String, name: String)] = []
    while try query.step() {
      if traces.areIn(query.text(1)) { found.append((query.text(0), query.text(1))) }
    }
    let deletion = try statement("DELETE FROM import_note WHERE kind = ? AND name = ?")
    var deleted = 0
    for note in found {
      deletion.bind(note.kind, at: 1)
      deletion.bind(note.name, at: 2)
      try deletion.run()
      deleted += connection.changes
    }
    return deleted
  }
}
