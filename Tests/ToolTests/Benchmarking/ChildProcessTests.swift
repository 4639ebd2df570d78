import TestSupport
import Testing

@testable import churn_bench

@Suite(.serialized) struct ChildProcessTests {
  private func shell(_ script: String, _ environment: [String: String] = [:]) throws -> ChildProcess
  {
    let folder = TemporaryFolder()
    return try ChildProcess(
      ["/bin/sh", "-c", script], environment: environment, scratch: folder.path)
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func `tells the exit status and both outputs`() throws {
    let child = try shell("echo out; echo err >&2; exit 7")
    #expect(child.status == 7)
    #expect(text(child.output) == "out\n")
    #expect(text(child.errors) == "err\n")
  }

  @Test func `tells the signal as a shell does`() throws {
    #expect(try shell("kill -TERM $$").status == 128 + 15)
  }

  @Test func `a child has no blocked or ignored signal`() throws {
    let masks = text(try shell("grep -E '^Sig(Blk|Ign)' /proc/self/status").output)
      .split(separator: "\n").compactMap { UInt64($0.suffix(16), radix: 16) }
    // Signals 32 and 33 belong to the C library, which lets nobody change them.
    #expect(masks.map { $0 & ~0x1_8000_0000 } == [0, 0])
  }

  @Test func `standard input is empty`() throws {
    #expect(text(try shell("cat; echo end").output) == "end\n")
  }

  @Test func `variables are added to the usual ones`() throws {
    #expect(text(try shell("echo $PEER $PATH", ["PEER": "2"]).output).hasPrefix("2 /"))
  }

  @Test func `a second run does not see the first one's output`() throws {
    let folder = TemporaryFolder()
    _ = try ChildProcess(["/bin/echo", "a long line"], scratch: folder.path)
    #expect(text(try ChildProcess(["/bin/echo", "b"], scratch: folder.path).output) == "b\n")
  }

  @Test func `seconds are wall time and processor time is what was worked`() throws {
    let child = try shell("sleep 0.2")
    #expect(child.seconds >= 0.2)
    #expect(child.processorSeconds < 0.2)
  }

  @Test func `peak memory is in bytes`() throws {
    let child = try shell("true")
    // At least a page, and not a thousandfold of what any shell and these tests take.
    #expect(child.peakMemory > 4_096)
    #expect(child.peakMemory < 100_000_000_000)
    #expect(child.peakMemory.isMultiple(of: 1_024))
  }

  @Test func `what cannot be started is named`() {
    let folder = TemporaryFolder()
    #expect {
      try ChildProcess(["/nowhere/program"], scratch: folder.path)
    } throws: { error in
      "\(error)".contains("/nowhere/program: cannot be started")
    }
  }
}
