import Files
import Glibc

// How much the others disturb: what the processors did in an interval, less what this program and
// its children did, less what the kernel's own threads did (they write out what we wrote).
//
//   others = Δ(user + nice + system + steal of all processors) − Δ(ours) − Δ(kernel threads)
//
// Reading only what is kept per process would miss those that began and ended in between, such as a
// compiler's. The figures count in ticks of 10 ms, so a short interval is allowed a few of them.

/// Processor time used up to a moment, in seconds.
struct ProcessorTime {
  /// Since the machine started.
  private let moment: Double
  private let everybody: Double
  /// By process id.
  private let kernelThreads: [Int: Double]
  private let ours: Double

  static let processorCount = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  private static let ticksPerSecond = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
  /// What rounding may add up to.
  private static let uncertainty = 3 / ticksPerSecond

  /// The times now.
  static func now() throws(FileError) -> ProcessorTime { try ProcessorTime() }

  private init() throws(FileError) {
    moment = monotonicSeconds()
    ours = Self.own(0) + Self.own(-1)
    kernelThreads = Self.timesOfKernelThreads()
    let statistics = String(decoding: try contents(ofFile: "/proc/stat"), as: UTF8.self)
    everybody = Self.everybody(statistics)
  }

  /// The share of all processors that others used since `earlier`, 0 … 1.
  func disturbance(since earlier: ProcessorTime) -> Double {
    let elapsed = max(moment - earlier.moment, 1e-3) * Double(Self.processorCount)
    let others =
      (everybody - earlier.everybody) - (ours - earlier.ours)
      - Self.growth(from: earlier.kernelThreads, to: kernelThreads) - Self.uncertainty
    return min(1, max(0, others / elapsed))
  }

  /// user + nice + system + steal of the first line of /proc/stat; waiting and interrupts are not
  /// work of others.
  static func everybody(_ statistics: String) -> Double {
    let line = statistics.prefix { $0 != "\n" }.split(separator: " ").dropFirst().map {
      Double($0) ?? 0
    }
    return [0, 1, 2, 7].reduce(0) { $0 + ($1 < line.count ? line[$1] : 0) } / ticksPerSecond
  }

  /// The time of a line of /proc/PID/stat; nil unless it is a thread of the kernel.
  static func timeOfKernelThread(_ status: String) -> Double? {
    // The name stands in parentheses and may hold anything.
    guard let end = status.lastIndex(of: ")") else { return nil }
    let fields = status[status.index(after: end)...].split(separator: " ")
    guard fields.count > 12, let flags = UInt64(fields[6]), flags & 0x20_0000 != 0,
      let user = Double(fields[11]), let system = Double(fields[12])
    else { return nil }
    return (user + system) / ticksPerSecond
  }

  /// What those did in between that are still there; one that ended takes all its time with it.
  static func growth(from earlier: [Int: Double], to later: [Int: Double]) -> Double {
    later.reduce(0) { $0 + max(0, $1.value - (earlier[$1.key] ?? 0)) }
  }

  private static func timesOfKernelThreads() -> [Int: Double] {
    var times: [Int: Double] = [:]
    for name in namesOfFolder("/proc") {
      guard let id = Int(name), let status = try? contents(ofFile: "/proc/\(name)/stat") else {
        continue
      }
      times[id] = timeOfKernelThread(String(decoding: status, as: UTF8.self))
    }
    return times
  }

  /// The time of this process (`whose` = 0), or of its children that ended (-1).
  private static func own(_ whose: Int32) -> Double {
    var usage = rusage()
    // SAFETY: `usage` is ours.
    _ = unsafe getrusage(whose, &usage)
    return usage.processorSeconds
  }
}

extension rusage {
  /// User and system time.
  var processorSeconds: Double {
    Double(ru_utime.tv_sec + ru_stime.tv_sec) + Double(ru_utime.tv_usec + ru_stime.tv_usec) * 1e-6
  }
}

/// Seconds that passed since some moment.
func monotonicSeconds() -> Double { seconds(CLOCK_MONOTONIC) }

/// Processor time of all threads of this process so far, in seconds.
func ownProcessorSeconds() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

private func seconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  // SAFETY: `time` is ours.
  _ = unsafe clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
