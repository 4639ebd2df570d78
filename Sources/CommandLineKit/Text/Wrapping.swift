/// Text broken into lines of at most `width` columns.
///
/// Paragraphs are separated by empty lines, words by white space; a word longer than a line stays
/// whole. A line that starts with a space keeps its shape, for samples and small tables.
///
/// - Parameters:
///   - text: line feeds inside a paragraph count as spaces.
///   - width: columns, ≥ 1.
/// - Returns: the lines; an empty one between paragraphs.
public func wrapped(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  var current = ""
  func flush() {
    if !current.isEmpty { lines.append(current) }
    current = ""
  }
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    if line.isEmpty || line.hasPrefix(" ") {
      flush()
      lines.append(String(line))
      continue
    }
    for word in line.split(separator: " ") {
      if !current.isEmpty, current.displayWidth + 1 + word.displayWidth > width { flush() }
      current += current.isEmpty ? String(word) : " " + word
    }
  }
  flush()
  return lines
}

extension [String] {
  /// The lines with spaces in front, each ended by a line feed; empty lines get no spaces.
  func indented(by columns: Int) -> String {
    let margin = String(repeating: " ", count: columns)
    return reduce("") { $0 + ($1.isEmpty ? "" : margin + $1) + "\n" }
  }
}
