import Glibc
import Testing

@testable import CommandLineKit

struct StandardStreamTests {
  @Test func `goes on until every byte is accepted`() throws {
    var answers: [System.WriteResult] = [
      .wrote(1), .interrupted, .wouldBlock, .wrote(2), .wrote(1),
    ]
    var offered: [[UInt8]] = []
    var waits = 0
    try StandardStream.output.write(
      [1, 2, 3, 4],
      by: { bytes in
        offered.append(Array(bytes))
        return answers.removeFirst()
      }, waiting: { waits += 1 })
    #expect(offered == [[1, 2, 3, 4], [2, 3, 4], [2, 3, 4], [2, 3, 4], [4]])
    #expect(waits == 1)
    #expect(answers == [])
  }

  @Test func `writes nothing when there is nothing to write`() throws {
    try StandardStream.output.write(
      [], by: { _ in .failed(code: EIO) }, waiting: { Issue.record("waited") })
  }

  @Test func `tells a closed pipe from other failures`() {
    #expect(throws: OutputError.brokenPipe) {
      try StandardStream.output.write([1], by: { _ in .brokenPipe }, waiting: {})
    }
    #expect(throws: OutputError.failed(stream: .error, code: ENOSPC)) {
      try StandardStream.error.write([1], by: { _ in .failed(code: ENOSPC) }, waiting: {})
    }
  }

  @Test func `writes to a real pipe and sees its end`() {
    System.ignoreBrokenPipeSignal()
    var ends: [Int32] = [-1, -1]
    // SAFETY: pipe(2) writes two descriptors, and the array holds two.
    let made = unsafe ends.withUnsafeMutableBufferPointer { unsafe pipe($0.baseAddress) }
    #expect(made == 0)
    #expect(System.write([65, 66, 67][1...], to: ends[1]) == .wrote(2))
    var received: [UInt8] = [0, 0, 0]
    // SAFETY: read(2) writes at most the three bytes of the array.
    let count = unsafe received.withUnsafeMutableBytes { unsafe read(ends[0], $0.baseAddress, 3) }
    #expect(count == 2 && received == [66, 67, 0])
    close(ends[0])
    #expect(System.write([65], to: ends[1]) == .brokenPipe)
    close(ends[1])
    #expect(!System.isTerminal(ends[1]))
  }

  @Test func `reports a descriptor that is not open`() {
    #expect(System.write([65], to: -1) == .failed(code: EBADF))
    #expect(System.windowColumns(-1) == nil)
  }

  @Test func `explains error numbers`() {
    #expect(System.reason(forError: ENOENT) == "No such file or directory")
    #expect(OutputError.brokenPipe.exitCode == .success)
    #expect(OutputError.failed(stream: .output, code: ENOSPC).exitCode == .cannotWrite)
  }

  @Test func `reads environment variables`() {
    #expect(environmentVariable("PATH") != nil)
    #expect(environmentVariable("CHURN_RISK_NO_SUCH_VARIABLE") == nil)
  }
}
