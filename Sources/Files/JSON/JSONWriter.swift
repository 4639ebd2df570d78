/// Writes JSON piece by piece into a file, formatted as by `JSONValue.serialized`.
///
/// Each outermost value is ended with a line break, so that writing several of them without
/// `pretty` gives JSON Lines. Calls that would not be JSON (a value without a key, an end without
/// its begin) are programming errors and trap.
package struct JSONWriter {
  private let file: OutputFile
  private var formatter: JSONFormatter

  /// Writes to the end of `file`.
  package init(_ file: OutputFile, pretty: Bool = true) {
    self.file = file
    formatter = JSONFormatter(isPretty: pretty)
  }

  /// Elements of an array that is a member of the outermost object, written apart from the file.
  ///
  /// Many threads make them, and `append(elements:)` puts them into the file one behind the other. Each has
  /// a line of its own.
  ///
  /// - Parameters:
  ///   - isFirst: whether no element stands before these.
  ///   - body: writes one element after the other.
  /// - Returns: their bytes, with what stands between them.
  /// - Throws: what `body` throws.
  package static func elements(
    isFirst: Bool, _ body: (inout JSONWriter) throws(FileError) -> Void
  ) throws(FileError) -> [UInt8] {
    var writer = JSONWriter(.inMemory())
    writer.formatter = JSONFormatter(insideArrayOfMember: isFirst)
    try body(&writer)
    return writer.file.sink.buffer
  }

  /// Adds elements that were made by `elements` to the array that is open.
  package mutating func append(elements: [UInt8]) throws(FileError) {
    guard !elements.isEmpty else { return }
    formatter.noteElement()
    file.sink.buffer.append(contentsOf: elements)
    try file.sink.flushIfFull()
  }

  /// Opens an object; keys and values follow.
  package mutating func beginObject() throws(FileError) {
    formatter.beginObject(into: &file.sink.buffer)
  }

  /// Closes the object opened last.
  package mutating func endObject() throws(FileError) {
    formatter.endObject(into: &file.sink.buffer)
    try finishPiece()
  }

  /// Opens an array; values follow.
  package mutating func beginArray() throws(FileError) {
    formatter.beginArray(into: &file.sink.buffer)
  }

  /// Closes the array opened last.
  package mutating func endArray() throws(FileError) {
    formatter.endArray(into: &file.sink.buffer)
    try finishPiece()
  }

  /// The key of the value that follows.
  package mutating func key(_ key: String) {
    formatter.key(key, into: &file.sink.buffer)
  }

  /// The key of the value that follows, where it is known and made of letters and digits.
  package mutating func key(fixed key: StaticString) {
    formatter.key(fixed: key, into: &file.sink.buffer)
  }

  /// Writes a whole value.
  package mutating func value(_ value: JSONValue) throws(FileError) {
    formatter.value(value, into: &file.sink.buffer)
    try finishPiece()
  }

  /// Writes a string, or null.
  package mutating func value(_ string: String?) throws(FileError) {
    if let string {
      formatter.string(string, into: &file.sink.buffer)
    } else {
      formatter.scalar("null", into: &file.sink.buffer)
    }
    try finishPiece()
  }

  /// Writes a whole number, or null.
  package mutating func value(_ integer: Int?) throws(FileError) {
    if let integer {
      formatter.integer(integer, into: &file.sink.buffer)
    } else {
      formatter.scalar("null", into: &file.sink.buffer)
    }
    try finishPiece()
  }

  /// Writes a finite number, or null.
  package mutating func value(_ number: Double?) throws(FileError) {
    if let number {
      formatter.number(number, into: &file.sink.buffer)
    } else {
      formatter.scalar("null", into: &file.sink.buffer)
    }
    try finishPiece()
  }

  /// Writes true, false or null.
  package mutating func value(_ flag: Bool?) throws(FileError) {
    formatter.scalar(
      flag.map { $0 ? "true" : "false" } ?? "null", into: &file.sink.buffer)
    try finishPiece()
  }

  private func finishPiece() throws(FileError) {
    if formatter.depth == 0 { file.sink.buffer.append(UInt8(ascii: "\n")) }
    try file.sink.flushIfFull()
  }
}
