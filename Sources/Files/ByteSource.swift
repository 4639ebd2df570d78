import Glibc

/// Reads a file, or standard input for "-", in blocks, and inflates it when it is gzipped.
///
///     file ──read──► its own bytes ──► SHA-256
///                         └── 1F 8B at the start? ──inflate──► the bytes handed out
///
/// Gzip is told by the file's first two bytes, not by its name. Members that follow each other are
/// one stream; what follows the last member and is no gzip is ignored, as gunzip does, and reported
/// by `hasTrailingGarbage`.
package final class ByteSource {
  /// As given; "-" is standard input.
  package let path: String
  /// Whether the file's own bytes are gzip.
  package private(set) var isGzip = false
  /// Whether bytes other than zeros follow the last gzip member; valid after the end was reached.
  package private(set) var hasTrailingGarbage = false

  private let descriptor: Int32
  private let digest: Digest?
  private var finishedDigest: String?
  private var inflater: Inflater?
  private var member = Member.inside
  /// The file's own bytes that were read ahead; `position` is the first one not used.
  private var input: [UInt8] = []
  private var position = 0
  private var isAtEndOfFile = false
  /// Nil for a file that may grow.
  private var sizeCheck: SizeCheck?
  private var inflatedCount = 0
  private var consumedCount = 0

  private enum Member { case inside, between, over }

  private static let blockSize = 1 << 18
  /// Output that is allowed whatever the ratio, and the ratio that is too much beyond it: gzip
  /// reaches at most 1,032 : 1, and only for endless repetition.
  private static let harmlessCount = 64 << 20
  private static let largestRatio = 1_000

  /// Opens the file and looks at its first bytes.
  ///
  /// - Parameters:
  ///   - path: the file, or "-" for standard input.
  ///   - inflating: false hands out gzip data as it is.
  ///   - hashing: false spares the digest.
  ///   - mayGrow: whether somebody may add to the file while it is read, as to a log.
  /// - Throws: `missing` when there is no such file; `unusable` when it cannot be read, or is a
  ///   folder.
  package init(
    path: String, inflating: Bool = true, hashing: Bool = true, mayGrow: Bool = false
  ) throws(FileError) {
    self.path = path
    digest = hashing ? Digest() : nil
    if path == "-" {
      descriptor = STDIN_FILENO
    } else {
      let opened = open(path, O_RDONLY | O_CLOEXEC, mode: 0)
      guard opened.result >= 0 else { throw FileError.notOpened(path, opened.code) }
      descriptor = opened.result
    }
    sizeCheck = mayGrow ? nil : SizeCheck(descriptor)
    var status = stat()
    // SAFETY: `status` is ours.
    if unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw FileError(
        kind: .unusable, path: path, what: "is a folder", expected: "a file",
        remedy: "Name a file inside it.")
    }
    while input.count < 2, !isAtEndOfFile { try readAhead() }
    if inflating, input.starts(with: [0x1F, 0x8B]) {
      isGzip = true
      inflater = Inflater()
    }
  }

  deinit {
    if descriptor != STDIN_FILENO { close(descriptor) }
  }

  /// Appends at most `count` bytes to `buffer`.
  ///
  /// - Returns: how many; 0 only at the end.
  /// - Throws: `unusable` when reading fails, or when gzip data is cut off or damaged.
  package func read(upTo count: Int, into buffer: inout [UInt8]) throws(FileError) -> Int {
    precondition(count > 0, "at least one byte is read at a time")
    if let inflater {
      return try inflate(upTo: min(count, 1 << 30), into: &buffer, by: inflater)
    }
    if position < input.count {
      let taken = min(count, input.count - position)
      buffer.append(contentsOf: input[position..<position + taken])
      position += taken
      return taken
    }
    return isAtEndOfFile ? 0 : try readFile(upTo: count, into: &buffer)
  }

  /// SHA-256 of the file's own bytes, compressed as they are, in lower-case hex.
  ///
  /// - Precondition: the end was reached, and the source was opened for hashing.
  package var sha256: String {
    precondition(isAtEndOfFile, "the digest of \(path) is known only at its end")
    if let finishedDigest { return finishedDigest }
    guard let value = digest?.finish() else { preconditionFailure("\(path) was not hashed") }
    finishedDigest = value
    return value
  }

  private func inflate(
    upTo count: Int, into buffer: inout [UInt8], by inflater: Inflater
  ) throws(FileError) -> Int {
    while true {
      if member == .between { try lookForNextMember(inflater) }
      if member == .over { return 0 }
      if position == input.count, !isAtEndOfFile { try readAhead() }
      let (consumed, produced, outcome) = inflater.inflate(
        input.span, from: position, into: &buffer, limit: count)
      position += consumed
      consumedCount += consumed
      inflatedCount += produced
      switch outcome {
      case .damaged(let reason):
        throw FileError(
          kind: .unusable, path: path, what: "the gzip data is damaged (\(reason))",
          remedy: "Download the file again.")
      case .endOfMember: member = .between
      case .more:
        if produced == 0, position == input.count, isAtEndOfFile {
          throw FileError(
            kind: .unusable, path: path, what: "the gzip data ends too early",
            remedy: "Download the file again.")
        }
      }
      try checkRatio()
      if produced > 0 { return produced }
    }
  }

  private func checkRatio() throws(FileError) {
    guard inflatedCount > Self.harmlessCount,
      inflatedCount / Self.largestRatio > consumedCount
    else { return }
    throw FileError(
      kind: .unusable, path: path,
      what: "the gzip data grows \(inflatedCount / max(1, consumedCount)) times when inflated",
      expected: "at most \(Self.largestRatio) times",
      remedy: "This is no export; if you trust it, inflate it with gunzip first.")
  }

  /// After a member: another one, zeros, or something else up to the end of the file.
  private func lookForNextMember(_ inflater: Inflater) throws(FileError) {
    while input.count - position < 2, !isAtEndOfFile { try readAhead() }
    if input[position...].starts(with: [0x1F, 0x8B]) {
      inflater.reset()
      member = .inside
      return
    }
    member = .over
    while true {
      if input[position...].contains(where: { $0 != 0 }) { hasTrailingGarbage = true }
      position = input.count
      if isAtEndOfFile { return }
      try readAhead()
    }
  }

  /// Appends a block to `input`, after dropping what was used.
  private func readAhead() throws(FileError) {
    input.removeFirst(position)
    position = 0
    _ = try readFile(upTo: Self.blockSize, into: &input)
  }

  /// Reads the file's own bytes, past the inflater, and hashes them.
  private func readFile(upTo count: Int, into buffer: inout [UInt8]) throws(FileError) -> Int {
    let before = buffer.count
    var (result, code) = (0, Int32(0))
    buffer.append(addingCapacity: count) { room in
      // SAFETY: read writes at most `count` bytes, which `room` has, and returns how many.
      unsafe room.withUnsafeMutableBufferPointer { bytes, written in
        (result, code) = retrying { unsafe Glibc.read(descriptor, bytes.baseAddress, count) }
        written = max(0, result)
      }
    }
    guard result >= 0 else { throw FileError.notRead(path, code) }
    if result == 0 {
      guard sizeCheck?.isWhole(descriptor) ?? true else { throw FileError.changed(path) }
      isAtEndOfFile = true
    } else {
      sizeCheck?.note(result)
      digest?.update(buffer.span.extracting(before..<before + result))
    }
    return result
  }
}

/// SHA-256 of a file's own bytes, as `ByteSource.sha256`, without inflating them.
package func sha256(ofFile path: String) throws(FileError) -> String {
  let source = try ByteSource(path: path, inflating: false)
  var block: [UInt8] = []
  while try source.read(upTo: 1 << 20, into: &block) > 0 {
    block.removeAll(keepingCapacity: true)
  }
  return source.sha256
}

/// The whole content of a file, inflated when it is gzipped.
///
/// - Parameters:
///   - path: the file, or "-" for standard input.
///   - limit: the most bytes that are taken into memory.
/// - Returns: the bytes.
/// - Throws: what `ByteSource` throws; `unusable` when there is more than `limit`.
package func contents(
  ofFile path: String, limit: Int = 4_000_000_000
) throws(FileError) -> [UInt8] {
  let source = try ByteSource(path: path)
  var bytes: [UInt8] = []
  while try source.read(upTo: 1 << 20, into: &bytes) > 0 {
    guard bytes.count <= limit else {
      throw FileError(
        kind: .unusable, path: path, what: "is too big", expected: "at most \(limit) bytes",
        remedy: "Split the file.")
    }
  }
  return bytes
}

extension FileError {
  static func notOpened(_ path: String, _ code: Int32) -> FileError {
    if code == ENOENT || code == ENOTDIR {
      return FileError(
        kind: .missing, path: path, what: "does not exist", remedy: "Check the path.")
    }
    return notRead(path, code)
  }

  static func notRead(_ path: String, _ code: Int32) -> FileError {
    FileError(
      kind: .unusable, path: path, what: "cannot be read: \(systemMessage(code))",
      remedy: code == EACCES ? "Ask for permission to read it." : nil)
  }
}
