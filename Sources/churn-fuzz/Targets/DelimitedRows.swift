import Files

/// Tables: what was read, written with every field quoted, must be read as the same.
struct DelimitedRows: FuzzTarget {
  let name = "delimited"
  let longestInput = 8_192

  func run(_ bytes: [UInt8]) {
    guard let (rows, failures) = read(bytes, delimiter: nil) else { return }
    let text = rows.map { row in row.map(Self.quoted).joined(separator: ";") + "\n" }.joined()
    // The mark keeps a zero byte behind the first quote from looking like UTF-16.
    guard let (again, _) = read([0xEF, 0xBB, 0xBF] + Array(text.utf8), delimiter: ";") else {
      return expect(false, "what was written cannot be read")
    }
    expect(again == rows, "other rows")
    // Without quotes there is nothing to be careful about: a split by hand gives the same.
    guard failures == 0, !bytes.contains(UInt8(ascii: "\"")), !bytes.contains(0x0D),
      let plain = String(validating: bytes, as: UTF8.self), !plain.hasPrefix("\u{FEFF}"),
      let (split, _) = read(bytes, delimiter: "\t")
    else { return }
    let lines = Array(plain.utf8).split(separator: UInt8(ascii: "\n"))
    guard lines.first.map({ !$0.starts(with: "sep=".utf8) }) ?? true else { return }
    expect(
      split.count == lines.count
        && zip(split, lines).allSatisfy { row, line in
          row.map { Array($0.utf8) }
            == line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            .map(Array.init)
        }, "not what a split by hand gives")
  }

  /// By scalars: a quote and the mark of a vowel behind it are one character.
  private static func quoted(_ field: String) -> String {
    var text = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { text += "\"" }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }

  private func read(
    _ bytes: [UInt8], delimiter: Character?
  ) -> (rows: [[String]], failures: Int)? {
    guard var reader = try? DelimitedReader(bytes: bytes, path: "", delimiter: delimiter) else {
      return nil
    }
    var rows: [[String]] = []
    var failures = 0
    var line = 0
    while true {
      do throws(FileError) {
        guard let row = try reader.next() else { return (rows, failures) }
        expect(row.line > line, "lines do not grow")
        line = row.line
        rows.append(row.fields)
      } catch {
        failures += 1
        expect(failures <= bytes.count, "an error without an end")
      }
    }
  }
}
