import Files
import Glibc

// Two programs from one source.
//
//   make fuzz     with AddressSanitizer and libFuzzer, which brings its own main: it mutates the seeds of
//                 the target that CHURN_FUZZ_TARGET names, guided by what of the parsers it has reached
//   otherwise     churn-fuzz TARGET FILE…: runs the target on each file once, to look into a finding

#if FUZZER
  /// The target, chosen once.
  private let chosen: any FuzzTarget = {
    // SAFETY: nothing in this program changes the environment.
    let name = unsafe getenv("CHURN_FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
    guard let target = fuzzTargets.first(where: { $0.name == name }) else {
      fatalError("CHURN_FUZZ_TARGET must be one of \(fuzzTargets.map(\.name))")
    }
    return target
  }()

  /// Called by libFuzzer for every input.
  @_cdecl("LLVMFuzzerTestOneInput")
  public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    // What is longer tries nothing new; its beginning may.
    let used = min(count, chosen.longestInput)
    // SAFETY: libFuzzer's bytes, of which there are `count`, live until this function returns.
    chosen.run(unsafe Array(UnsafeBufferPointer(start: start, count: used)))
    return 0
  }
#else
  /// Runs one target on files.
  @main
  struct ChurnFuzz {
    static func main() {
      let words = CommandLine.arguments.dropFirst()
      guard let name = words.first, let target = fuzzTargets.first(where: { $0.name == name })
      else {
        print("churn-fuzz TARGET FILE…, or 'make fuzz'. Targets:")
        for target in fuzzTargets { print("  \(target.name)  \(target.longestInput)") }
        return
      }
      for path in words.dropFirst() {
        do {
          target.run(try contents(ofFile: path))
        } catch {
          print("\(error)")
          exit(66)
        }
      }
      print("\(name): \(words.count - 1) inputs")
    }
  }
#endif
