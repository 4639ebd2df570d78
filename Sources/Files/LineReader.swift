/// Splits a `ByteSource` into lines, in bounded memory.
///
/// A line ends with LF or CR LF, the last one with the end of the file; its end is not part of it.
/// A byte order mark before the first line is dropped.
///
///     buffer:  [ lines returned | line | read ahead ]
///              0            lineStart  scanned     count
package struct LineReader {
  /// What `next` found.
  package enum Line: Hashable {
    /// A range of `buffer`, valid until the next call of `next`.
    case bytes(Range<Int>)
    /// A line longer than allowed; its bytes were skipped.
    case tooLong(length: Int)
  }

  /// What was read ahead; let go of it before the next call of `next`, or it is copied.
  package private(set) var buffer: [UInt8] = []
  /// Of the line last returned, from 1; 0 before the first.
  package private(set) var lineNumber = 0

  private let source: ByteSource
  private let longestLine: Int
  private var lineStart = 0
  private var hasStarted = false
  private var isAtEnd = false

  private static let blockSize = 1 << 20

  /// Reads from where `source` stands.
  ///
  /// - Parameters:
  ///   - source: the bytes to split.
  ///   - prefix: what was read from `source` before, for instance to recognise it.
  ///   - longestLine: in bytes; a longer line is reported as `tooLong` and skipped.
  package init(
    _ source: ByteSource, startingWith prefix: [UInt8] = [], longestLine: Int = 1 << 20
  ) {
    precondition(longestLine > 0, "a line has at least one byte")
    self.source = source
    self.longestLine = longestLine
    buffer = prefix
  }

  /// The next line, nil after the last.
  ///
  /// - Throws: what the source throws; `unusable` when the text is UTF-16.
  package mutating func next() throws(FileError) -> Line? {
    if !hasStarted { try readStart() }
    var scanned = lineStart
    while true {
      if let end = newline(from: scanned) {
        defer { lineStart = end + 1 }
        return line(upTo: end)
      }
      scanned = buffer.count
      if scanned - lineStart > longestLine + 1 { return try skipLine() }
      if isAtEnd {
        guard lineStart < buffer.count else { return nil }
        defer { lineStart = buffer.count }
        return line(upTo: buffer.count)
      }
      scanned -= lineStart
      try readMore()
    }
  }

  /// Calls `body` with the bytes of a line.
  package func withLine<Result, Failure>(
    _ range: Range<Int>, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(buffer.span.extracting(range))
  }

  private mutating func line(upTo end: Int) -> Line {
    lineNumber += 1
    let hasReturn = end > lineStart && buffer[end - 1] == UInt8(ascii: "\r")
    let range = lineStart..<(hasReturn ? end - 1 : end)
    return range.count > longestLine ? .tooLong(length: range.count) : .bytes(range)
  }

  /// Drops the rest of a line that is too long already, block by block.
  private mutating func skipLine() throws(FileError) -> Line {
    var length = 0
    var last: UInt8 = 0
    while true {
      let end = newline(from: lineStart)
      let stop = end ?? buffer.count
      if stop > lineStart { last = buffer[stop - 1] }
      length += stop - lineStart
      lineStart = stop
      if end != nil || isAtEnd {
        if end != nil { lineStart += 1 }
        lineNumber += 1
        return .tooLong(length: last == UInt8(ascii: "\r") ? length - 1 : length)
      }
      try readMore()
    }
  }

  private func newline(from start: Int) -> Int? {
    buffer.span.extracting(start..<buffer.count).firstIndex(of: UInt8(ascii: "\n")).map {
      start + $0
    }
  }

  private mutating func readMore() throws(FileError) {
    buffer.removeFirst(lineStart)
    lineStart = 0
    if try source.read(upTo: Self.blockSize, into: &buffer) == 0 { isAtEnd = true }
  }

  private mutating func readStart() throws(FileError) {
    hasStarted = true
    while buffer.count < 3, !isAtEnd { try readMore() }
    lineStart = try lengthOfByteOrderMark(buffer, path: source.path)
  }
}

/// How many bytes of a UTF-8 byte order mark a text starts with: 3 or 0.
///
/// - Throws: `unusable` when the text is UTF-16, by its mark or by the zero byte that every second
///   one of an ASCII character is.
func lengthOfByteOrderMark(_ bytes: [UInt8], path: String) throws(FileError) -> Int {
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return 3 }
  let isUTF16 =
    bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    || bytes.count >= 2 && (bytes[0] == 0) != (bytes[1] == 0)
  guard !isUTF16 else {
    throw FileError(
      kind: .unusable, path: path, line: 1, what: "the text is UTF-16", expected: "UTF-8",
      remedy: "Save it as UTF-8, for instance with iconv -f UTF-16 -t UTF-8.")
  }
  return 0
}
