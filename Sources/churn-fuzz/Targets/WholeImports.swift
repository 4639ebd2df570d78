import Files
import History

/// Whole files of any format through recognition, reading and the rules of the rows, into a store in
/// memory; JSON Lines once more as a document, which is read row by row.
struct WholeImports: FuzzTarget {
  let name = "imports"
  let longestInput = 16_384

  func run(_ bytes: [UInt8]) {
    let fast = outcome(of: bytes)
    // What is valid line by line says the same as one array.
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard fast.format == "Azure usage analytics", bytes.first == UInt8(ascii: "{"), lines.count > 1,
      lines.allSatisfy({ (try? JSONValue(parsing: Array($0), path: ""))?.object != nil })
    else { return }
    let document =
      [UInt8(ascii: "[")] + lines.joined(separator: [UInt8(ascii: ","), UInt8(ascii: "\n")])
      + [UInt8(ascii: "]")]
    let careful = outcome(of: document)
    expect(careful == fast, "the document gives \(careful), the lines \(fast)")
  }

  /// What an import says about a file.
  private struct Outcome: Equatable {
    var format: String?
    var counts: [Int]
    var reasons: [String: Int]
    var notes: [ImportNote]

    static let nothing = Self(format: nil, counts: [], reasons: [:], notes: [])
  }

  private func outcome(of bytes: [UInt8]) -> Outcome {
    Scratch.withFile(of: bytes) { path in
      do {
        let store = try HistoryStore.open("/dev/shm/churn-fuzz-none", for: .rehearsing)
        let report = try Importer(store).import(
          paths: [path], observedOn: CalendarDay(year: 2026, month: 1, day: 26), dryRun: true)
        guard let file = report.files.first else { return Outcome.nothing }
        expect(
          file.rowsAccepted >= 0 && file.rowsRepeated + file.rowsRestated <= file.rowsAccepted,
          "counts that cannot be")
        return Outcome(
          format: file.format,
          counts: [
            file.rowsAccepted, file.rowsRejected, file.rowsIgnored, file.rowsRepeated,
            file.rowsRestated, file.linesNew,
          ], reasons: file.rejectionCounts, notes: file.notes)
      } catch {
        return Outcome.nothing
      }
    }
  }
}
