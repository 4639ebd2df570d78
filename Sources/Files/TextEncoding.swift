internal import Glibc

// What a text is written in, and the same text in UTF-8.
//
//   FF FE …  FE FF …            UTF-16, as PowerShell and Excel's "Unicode text" write it
//   every second byte is 0      UTF-16 without a mark
//   valid UTF-8                 UTF-8, which every download of Partner Center is
//   runs of double bytes        Shift_JIS (Windows' code page 932)
//   anything else               Windows-1252, "ANSI" to western Excel
//
// A western text may well be valid Shift_JIS: "é" followed by a letter looks like one character of
// it. Japanese comes in runs, and its first bytes are low ones that western letters do not use.

/// A way of writing text that spreadsheets save.
package enum TextEncoding: String, Sendable, Hashable, CaseIterable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
  case windows1252 = "Windows-1252"
  case shiftJIS = "Shift_JIS"

  /// Finds out by the bytes themselves.
  ///
  /// - Parameter bytes: a whole text, or its beginning up to any byte.
  package init(of bytes: [UInt8]) {
    if let utf16 = Self.utf16(bytes) {
      self = utf16
    } else if Self.isUTF8(bytes) {
      self = .utf8
    } else {
      self = Self.looksJapanese(bytes) ? .shiftJIS : .windows1252
    }
  }

  /// The text in UTF-8, without a byte order mark.
  ///
  /// - Parameters:
  ///   - bytes: a whole text in this encoding.
  ///   - path: the file it comes from, for errors.
  /// - Returns: the same text.
  /// - Throws: `unusable` when a byte belongs to no character.
  package func utf8(_ bytes: [UInt8], path: String) throws(FileError) -> [UInt8] {
    guard self != .utf8 else { return bytes }
    guard let (text, failure) = converted(bytes) else {
      throw FileError(
        kind: .unusable, path: path, what: "this system cannot read \(rawValue)",
        expected: "the character sets of the C library", remedy: "Save the file as UTF-8.")
    }
    if let failure {
      throw FileError(
        kind: .unusable, path: path,
        what: "byte \(failure + 1) is no \(rawValue)", expected: "a text in one encoding",
        remedy: "Save the file as UTF-8.")
    }
    return text.starts(with: Self.mark) ? Array(text.dropFirst(Self.mark.count)) : text
  }

  /// As much of the text as is whole characters, in UTF-8; for the beginning of a file.
  package func beginning(_ bytes: [UInt8]) -> [UInt8] {
    guard self != .utf8 else { return bytes }
    let text = converted(bytes)?.text ?? []
    return text.starts(with: Self.mark) ? Array(text.dropFirst(Self.mark.count)) : text
  }

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The name that iconv knows it by.
  private var iconvName: String {
    switch self {
    case .windows1252: "CP1252"
    case .shiftJIS: "CP932"
    default: rawValue
    }
  }

  /// Converts up to the first byte that belongs to no character.
  ///
  /// - Returns: the text, and the offset of that byte; nil when the system knows no such encoding.
  private func converted(_ bytes: [UInt8]) -> (text: [UInt8], failure: Int?)? {
    // SAFETY: the names are C strings for the duration of the call; -1 is the error value.
    let converter = unsafe iconv_open("UTF-8", iconvName)
    guard let converter = unsafe converter, unsafe converter != iconv_t(bitPattern: -1) else {
      return nil
    }
    // SAFETY: the converter is open and closed once.
    defer { unsafe _ = iconv_close(converter) }
    var input = bytes
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 2)
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var consumed = 0
    var status = 0
    // SAFETY: iconv reads `left` bytes at `from` and writes at most `room` bytes at `to`; both lie in
    // the arrays, which live for the call. It moves the pointers, which are not used behind it.
    unsafe input.withUnsafeMutableBytes { input in
      guard let base = input.baseAddress else { return }
      repeat {
        let (done, code, written) = unsafe piece.withUnsafeMutableBytes { piece in
          var from: UnsafeMutablePointer<CChar>? = unsafe (base + consumed)
            .assumingMemoryBound(to: CChar.self)
          var left = input.count - consumed
          var to = unsafe piece.baseAddress?.assumingMemoryBound(to: CChar.self)
          var room = piece.count
          let result = unsafe iconv(converter, &from, &left, &to, &room)
          let code = result == -1 ? errno : 0
          return (input.count - left, code, piece.count - room)
        }
        consumed = done
        status = Int(code)
        text.append(contentsOf: piece[..<written])
      } while status == Int(E2BIG)
    }
    return (text, status == 0 ? nil : consumed)
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return true
    } catch {
      // The beginning of a file may end within a character.
      return error.byteOffsets.lowerBound + 4 > bytes.count && bytes.count > 4
        && error.kind == .truncatedScalar
    }
  }

  private static func utf16(_ bytes: [UInt8]) -> Self? {
    if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
    if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
    // Without a mark: the header line of a table, and the signs of JSON, are ASCII.
    let head = bytes.prefix(64)
    guard head.count >= 4 else { return nil }
    var zeros = [0, 0]
    for (index, byte) in head.enumerated() where byte == 0 { zeros[index & 1] += 1 }
    let most = head.count / 2
    for (few, many, encoding) in [(0, 1, Self.utf16LittleEndian), (1, 0, .utf16BigEndian)]
    where zeros[many] * 10 >= most * 7 && zeros[few] * 10 <= most {
      return encoding
    }
    return nil
  }

  /// Whether a text that is not UTF-8 is rather Shift_JIS than a western one.
  private static func looksJapanese(_ bytes: [UInt8]) -> Bool {
    var inRuns = 0
    var alone = 0
    var index = 0
    var isBehindDouble = false
    while index < bytes.count {
      let byte = bytes[index]
      guard byte >= 0x80 else {
        isBehindDouble = false
        index += 1
        continue
      }
      let isLead = (0x81...0x9F).contains(byte)
      if isLead, index + 1 < bytes.count, isTrail(bytes[index + 1]) {
        let next = index + 2 < bytes.count ? bytes[index + 2] : 0
        if isBehindDouble || (0x81...0x9F).contains(next) || (0xE0...0xFC).contains(next) {
          inRuns += 1
        } else {
          alone += 1
        }
        isBehindDouble = true
        index += 2
      } else {
        alone += 1
        isBehindDouble = false
        index += 1
      }
    }
    return inRuns > alone
  }

  private static func isTrail(_ byte: UInt8) -> Bool {
    (0x40...0xFC).contains(byte) && byte != 0x7F
  }
}
