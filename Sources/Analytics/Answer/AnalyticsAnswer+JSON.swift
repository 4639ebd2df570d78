package import Files

// The envelope of the Analytics API:
//
//   { "Value": [ { … }, { … } ], "@nextLink": null, "TotalCount": 2 }
//
// An answer without fields that its reader may not see has "dataRedacted": true behind it, as those of the
// Insights API have; others do not have the key.
//
// Source: https://learn.microsoft.com/partner-center/developer/get-subscription-analytics-grouped-by-dates-or-terms
// Its sample writes counts as texts and the reference calls them numbers; here they are numbers.

extension AnalyticsAnswer {
  /// Writes the documented envelope, one row a line.
  ///
  /// - Parameters:
  ///   - file: where it goes.
  ///   - nextLink: as `nextLink(after:of:)` tells it.
  /// - Throws: `FileError` when it cannot be written.
  package func writeJSON(to file: OutputFile, nextLink: String?) throws {
    var writer = JSONWriter(file)
    try writer.beginObject()
    writer.key("Value")
    try writer.beginArray()
    for (index, row) in rows.enumerated() {
      try writer.append(
        elements: JSONWriter.elements(isFirst: index == 0) { (element) throws(FileError) in
          try write(row, to: &element)
        })
    }
    try writer.endArray()
    writer.key("@nextLink")
    try writer.value(nextLink)
    writer.key("TotalCount")
    try writer.value(totalCount)
    if isRedacted {
      writer.key("dataRedacted")
      try writer.value(true)
    }
    try writer.endObject()
  }

  private func write(_ row: [FieldValue], to writer: inout JSONWriter) throws(FileError) {
    try writer.beginObject()
    for (column, value) in zip(columns, row) {
      writer.key(column.name)
      switch value {
      case .null: try writer.value(nil as String?)
      case .text(let text): try writer.value(text)
      case .boolean(let flag): try writer.value(flag)
      case .day(let day):
        try writer.value(column.type == .dateTime ? "\(day)T00:00:00" : "\(day)")
      // A sum may have grown beyond every number, which JSON cannot write.
      case .number(let number) where !number.isFinite: try writer.value(nil as String?)
      case .number(let number):
        if let whole = wholeNumber(number) {
          try writer.value(whole)
        } else {
          try writer.value(number)
        }
      }
    }
    try writer.endObject()
  }
}

/// A number as a whole one, where it is one and every whole number of its size can be told apart.
package func wholeNumber(_ number: Double) -> Int? {
  abs(number) < 0x1p53 ? Int(exactly: number) : nil
}
