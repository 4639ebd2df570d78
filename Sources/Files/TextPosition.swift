import Glibc

/// A place in a text, as people count.
package struct TextPosition: Sendable, Hashable {
  /// From 1.
  package var line: Int
  /// In bytes, from 1.
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Where byte `offset` of `text` stands, when the text itself starts at `origin`.
  package init(
    of offset: Int, in text: Span<UInt8>,
    from origin: TextPosition = TextPosition(line: 1, column: 1)
  ) {
    let end = min(offset, text.count)
    self = origin
    var start = 0
    while let newline = text.extracting(start..<end).firstIndex(of: UInt8(ascii: "\n")) {
      start += newline + 1
      line += 1
      column = 1
    }
    column += end - start
  }
}

extension Span<UInt8> {
  /// The first place of `byte`; by memchr, which looks at 16 bytes and more at a time.
  func firstIndex(of byte: UInt8) -> Int? {
    // SAFETY: memchr stays within the `count` bytes and returns nil or an address among them.
    unsafe withUnsafeBytes { bytes -> Int? in
      guard let base = bytes.baseAddress else { return nil }
      guard let found = unsafe memchr(base, Int32(byte), bytes.count) else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }
}
