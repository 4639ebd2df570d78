import Files

/// The rows of documents: found by brackets, against the value of the whole document.
struct JSONDocuments: FuzzTarget {
  let name = "json-documents"
  let longestInput = 8_192

  func run(_ bytes: [UInt8]) {
    let value = try? JSONValue(parsing: bytes, path: "")
    guard let envelope = try? JSONEnvelope(bytes, path: "") else {
      // What is valid JSON and an array has rows.
      return expect(value?.array == nil, "a valid array that is no document")
    }
    var lastLine = 1
    var objects = 0
    try? envelope.forEachRow { index, line, row in
      expect(index >= 0 && index < envelope.rowCount && line >= lastLine, "rows out of order")
      lastLine = line
      if row.outcome == .object { objects += 1 }
    }
    guard let array = value?.array else { return }
    expect(array.count == envelope.rowCount, "\(envelope.rowCount) rows of \(array.count)")
    expect(array.count { $0.object != nil } == objects, "not as many objects")
  }
}
