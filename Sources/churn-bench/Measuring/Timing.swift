import Files
import Glibc

/// How long something took, and the memory it took on top of what was in use.
struct Timing {
  var seconds: Double
  var processorSeconds: Double
  /// In bytes.
  var memory: Int

  static func measure<Result>(
    _ work: () -> Result
  ) throws -> (result: Result, timing: Timing) {
    // The kernel forgets the peak so far.
    // SAFETY: the file is closed once, when it could be opened.
    if let file = unsafe fopen("/proc/self/clear_refs", "w") {
      unsafe fputs("5", file)
      unsafe fclose(file)
    }
    let before = try memory("VmRSS")
    let (start, processorStart) = (monotonicSeconds(), ownProcessorSeconds())
    let result = work()
    let (end, processorEnd) = (monotonicSeconds(), ownProcessorSeconds())
    return (
      result,
      Timing(
        seconds: end - start, processorSeconds: processorEnd - processorStart,
        memory: try memory("VmHWM") - before)
    )
  }

  private static func memory(_ name: String) throws -> Int {
    let status = String(decoding: try contents(ofFile: "/proc/self/status"), as: UTF8.self)
    let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
    let kilobytes = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    return (kilobytes.flatMap { Int($0) } ?? 0) * 1024
  }
}
