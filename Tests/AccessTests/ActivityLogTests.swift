import Files
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Access

struct ActivityLogTests {
  private let temporary = TemporaryFolder()
  private var folder: ActivityFolder { ActivityFolder(temporary.path) }
  private static let file = "2026-11-26.jsonl"

  /// What was told.
  private final class Told: Sendable {
    let errors = Mutex<[FileError]>([])
    var count: Int { errors.withLock { $0.count } }
    func note(_ error: FileError) { errors.withLock { $0.append(error) } }
  }

  private func log(
    _ told: Told = Told(), bufferSize: Int = ActivityLog.bufferSize, retentionDays: Int = 90,
    now: @escaping @Sendable () -> UTCTime = { Sample.entry().time }
  ) throws -> ActivityLog {
    try ActivityLog(
      folder, retentionDays: retentionDays, bufferSize: bufferSize, now: now,
      tell: { told.note($0) })
  }

  private func rows(_ name: String = file) throws -> [Int] {
    try Sample.text(temporary[name]).split(separator: "\n").map { line in
      let entry = ActivityEntry(try JSONValue(parsing: Array(line.utf8), path: name))
      return try #require(entry?.rows)
    }
  }

  @Test func `what is recorded is in the file of its day when the log is closed, in order`() throws
  {
    let told = Told()
    let log = try log(told)
    for number in 0..<100 { log.record(Sample.entry(number)) }
    log.record(Sample.entry(100, at: "2026-11-27T00:00:00.000Z"))
    log.record(Sample.entry(101))
    log.close()
    log.close()
    #expect(try rows() == Array(0..<100) + [101])
    #expect(try rows("2026-11-27.jsonl") == [100])
    #expect(log.lost == 0 && told.count == 0)
    #expect(permissionBits(ofPath: temporary[Self.file]) == 0o600)
  }

  @Test(.timeLimit(.minutes(1))) func `without closing it gets there too, and goes on`() throws {
    let log = try log()
    for number in 0..<2 {
      log.record(Sample.entry(number))
      while (try? rows().count) != number + 1 { usleep(10_000) }
    }
    log.close()
    #expect(try rows() == [0, 1])
  }

  @Test func `a folder is made for its owner alone`() throws {
    let path = temporary["new"]
    let log = try ActivityLog(ActivityFolder(path), tell: { _ in })
    log.close()
    #expect(permissionBits(ofPath: path) == 0o700)
    try removeTree(path)
    try writeFile(path) { try $0.write("a file") }
    #expect(throws: FileError.self) { try ActivityLog(ActivityFolder(path), tell: { _ in }) }
  }

  @Test
  func `entries of many threads are all there, each in one piece, those of a thread in order`()
    async throws
  {
    // Room for a few lines only: recording waits for the disk and loses nothing.
    for bufferSize in [600, ActivityLog.bufferSize] {
      let log = try log(bufferSize: bufferSize)
      await withTaskGroup(of: Void.self) { group in
        for thread in 0..<4 {
          group.addTask {
            for number in 0..<200 { log.record(Sample.entry(thread * 1_000 + number)) }
          }
        }
      }
      log.close()
      let rows = try rows()
      #expect(rows.count == 800 && Set(rows).count == 800)
      for thread in 0..<4 {
        #expect(rows.filter { $0 / 1_000 == thread } == (0..<200).map { thread * 1_000 + $0 })
      }
      #expect(log.lost == 0)
      try removeFile(temporary[Self.file])
    }
  }

  @Test func `an entry that is larger than the buffer is written all the same`() throws {
    let log = try log(bufferSize: 1)
    for number in 0..<3 { log.record(Sample.entry(number)) }
    log.close()
    #expect(try rows() == [0, 1, 2])
  }

  @Test func `a full disk is counted and told once, and blocks nobody`() throws {
    let told = Told()
    try pointLink(temporary[Self.file], to: "/dev/full")
    let log = try log(told, bufferSize: 600)
    for number in 0..<50 { log.record(Sample.entry(number)) }
    log.close()
    #expect(log.lost == 50)
    let errors = told.errors.withLock { $0 }
    #expect(errors.count == 1 && errors[0].kind == .unwritable)
    #expect(errors.first?.description.contains("No space left on device") == true)
  }

  @Test(.timeLimit(.minutes(1)))
  func `trouble is told anew after it was over, and what fits is kept`()
    throws
  {
    let told = Told()
    let log = try log(told)
    try pointLink(temporary[Self.file], to: "/dev/full")
    log.record(Sample.entry(0))
    while log.lost < 1 { usleep(1_000) }
    try removeFile(temporary[Self.file])
    log.record(Sample.entry(1))
    while (try? rows()) != [1] { usleep(1_000) }
    // The writer notes that it went well after the file is there.
    log.record(Sample.entry(2))
    while (try? rows()) != [1, 2] { usleep(1_000) }
    try removeFile(temporary[Self.file])
    try pointLink(temporary[Self.file], to: "/dev/full")
    log.record(Sample.entry(3))
    log.close()
    #expect(log.lost == 2 && told.count == 2)
  }

  @Test func `what comes after the end is counted as lost`() throws {
    let log = try log()
    log.close()
    log.record(Sample.entry())
    #expect(log.lost == 1)
    #expect(temporary.names.isEmpty)
  }

  @Test func `files of more than 90 days ago are removed at the start, and no others`() throws {
    // 2026-08-28 is 90 days before 2026-11-26, by Python's datetime.
    let kept = [
      "2026-08-28.jsonl", "2026-11-26.jsonl", "2027-01-01.jsonl", "2026-08-27.json",
      "2026-08-27.jsonl.gz", "notes-2026-08-27.jsonl", "2026-02-30.jsonl",
    ]
    for name in kept + ["2026-08-27.jsonl", "1999-01-01.jsonl"] {
      try writeFile(temporary[name]) { try $0.write("\n") }
    }
    try log().close()
    #expect(temporary.names == kept.sorted())
  }

  @Test(.timeLimit(.minutes(1))) func `at a change of day too`() throws {
    try writeFile(temporary["2026-08-28.jsonl"]) { try $0.write("\n") }
    let shared = SharedTime(time: Sample.entry().time)
    let log = try log(now: { shared.now })
    log.record(Sample.entry())
    while !temporary.names.contains(Self.file) { usleep(1_000) }
    #expect(temporary.names == ["2026-08-28.jsonl", Self.file])
    shared.set(UTCTime(milliseconds: shared.now.milliseconds + 86_400_000))
    log.record(Sample.entry())
    while temporary.names.contains("2026-08-28.jsonl") { usleep(1_000) }
    log.close()
    #expect(temporary.names == [Self.file])
  }

  @Test func `a line that a killed process left unfinished spoils no other`() throws {
    try writeFile(temporary[Self.file]) { try $0.write("{\"time\":\"2026-11-2") }
    let log = try log()
    log.record(Sample.entry(7))
    log.close()
    #expect(
      try Sample.text(temporary[Self.file])
        == "{\"time\":\"2026-11-2\n" + String(decoding: Sample.entry(7).line, as: UTF8.self))
  }

  @Test func `a command adds to the same file`() throws {
    let log = try log()
    log.record(Sample.entry(0))
    log.close()
    try folder.append(Sample.entry(1))
    #expect(try rows() == [0, 1])
  }
}

/// A clock that a test sets.
private final class SharedTime: Sendable {
  private let time: Mutex<UTCTime>
  init(time: UTCTime) { self.time = Mutex(time) }
  var now: UTCTime { time.withLock { $0 } }
  func set(_ value: UTCTime) { time.withLock { $0 = value } }
}
