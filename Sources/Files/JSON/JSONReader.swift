internal import CSimdJSON

/// The handle of a simdjson reader and what its last call left behind.
@safe final class JSONReader {
  let handle: OpaquePointer
  /// How many spans of the tables are lent out; while there is one, nothing may be parsed.
  private var lentCount = 0

  init() {
    guard let handle = unsafe csj_create() else { preconditionFailure("no memory for JSON") }
    unsafe self.handle = handle
  }

  deinit {
    // SAFETY: the handle is ours and was not freed before.
    unsafe csj_free(handle)
  }

  /// Members whose key is `name`, whatever the case of its letters, will carry the number `field`;
  /// so will one that differs by spaces, `_`, `-` and `.` only.
  func addName(_ name: String, field: Int) {
    let bytes = Array(name.utf8)
    // SAFETY: the pointer covers `count` bytes, which are copied.
    let code = unsafe bytes.withUnsafeBufferPointer {
      unsafe csj_add_name(handle, $0.baseAddress, $0.count, Int32(field))
    }
    precondition(code == 0, "no memory for JSON")
  }

  /// Parses one object into a table of its members; `code` is a `CSJ_…` constant.
  func parseRow(_ bytes: Span<UInt8>) -> Int32 {
    precondition(lentCount == 0, "the last row is still being read")
    // SAFETY: the pointer covers `count` bytes, which are copied.
    return unsafe bytes.withUnsafeBufferPointer {
      unsafe csj_parse_row(handle, $0.baseAddress, $0.count)
    }
  }

  /// Parses one value into a table of all its nodes.
  func parseDocument(_ bytes: Span<UInt8>) -> Int32 {
    // SAFETY: the pointer covers `count` bytes, which are copied.
    unsafe bytes.withUnsafeBufferPointer {
      unsafe csj_parse_document(handle, $0.baseAddress, $0.count)
    }
  }

  /// Finds the rows of the document in the first `length` bytes.
  ///
  /// - Precondition: `padding` bytes follow them.
  func parseEnvelope(_ bytes: Span<UInt8>, length: Int) -> (code: Int32, envelope: csj_envelope) {
    precondition(length + Self.padding <= bytes.count, "a document needs padding")
    var envelope = csj_envelope()
    // SAFETY: the reader looks at no more than `padding` bytes after `length` (checked above).
    let code = unsafe bytes.withUnsafeBufferPointer {
      unsafe csj_parse_envelope(handle, $0.baseAddress, length, &envelope)
    }
    return (code, envelope)
  }

  static let padding = Int(CSJ_PADDING)

  /// The kind of a row that is not an object.
  var rootKind: UInt32 { unsafe csj_root_kind(handle) }

  /// Where the last call failed, and its code as far as the place tells more.
  var failure: (offset: Int, code: Int32) {
    // SAFETY: the handle is valid; the order matters, the place sharpens the code.
    unsafe (Int(csj_error_offset(handle)), csj_error(handle))
  }

  /// Byte offset of the key of member `index` of the last row.
  func offset(ofMember index: Int) -> Int {
    unsafe Int(csj_member_offset(handle, index))
  }

  /// Hands out the table of the last row or document, and the bytes its offsets refer to.
  func withNodes<Result, Failure>(
    _ body: (Span<csj_node>, Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var nodeCount = 0
    var textCount = 0
    lentCount += 1
    defer { lentCount -= 1 }
    // SAFETY: both tables stay as they are until the next text is parsed, which `lentCount` forbids
    // meanwhile, and a span cannot leave `body`. The handle stays alive because `self` does.
    let nodes = unsafe UnsafeBufferPointer(
      start: csj_nodes(handle, &nodeCount), count: nodeCount)
    let text = unsafe UnsafeBufferPointer(start: csj_text(handle, &textCount), count: textCount)
    return try unsafe body(Span(_unsafeElements: nodes), Span(_unsafeElements: text))
  }

  /// Hands out the text of the last row or document.
  func withSource<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    var count = 0
    // SAFETY: as for `withNodes`.
    let source = unsafe UnsafeBufferPointer(start: csj_source(handle, &count), count: count)
    return unsafe body(Span(_unsafeElements: source))
  }

  /// Hands out the ranges of the rows of the last envelope.
  func withRows<Result, Failure>(
    _ body: (Span<csj_range>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var count = 0
    // SAFETY: as for `withNodes`.
    let rows = unsafe UnsafeBufferPointer(start: csj_rows(handle, &count), count: count)
    return try unsafe body(Span(_unsafeElements: rows))
  }
}

extension Span<UInt8> {
  /// A part of a text as a string.
  func string(at offset: Int, count: Int) -> String {
    // SAFETY: simdjson validated the whole text, and its strings end where characters end.
    String(copying: unsafe UTF8Span(unchecked: extracting(offset..<offset + count)))
  }
}
