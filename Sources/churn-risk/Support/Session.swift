import CommandLineKit
import ForkJoin
import RiskModel

/// What every command does alike: threads, progress, notes.
struct Session {
  let progress: Progress
  private let isQuiet: Bool
  /// Columns of the terminal that results go to; nil when they go elsewhere: then nothing is cut.
  let outputColumns = Self.columns(of: .output)
  /// The same for messages.
  private let columns = Self.columns(of: .error)

  init(_ global: GlobalOptions) {
    isQuiet = global.quiet
    progress = Progress(isQuiet: global.quiet)
    if let threads = global.threads { ThreadCount.set(threads) }
  }

  private static func columns(of stream: StandardStream) -> Int? {
    let terminal = Terminal(stream)
    return terminal.isTerminal ? terminal.columns : nil
  }

  /// A line on standard error that `--quiet` silences.
  func note(_ text: String) {
    guard !isQuiet else { return }
    progress.note(folded(text, columns: columns))
  }

  /// What a person must read, also when quiet; mere information is a note.
  func tell(_ attention: [Attention]) {
    for remark in attention {
      switch remark.severity {
      case .warning: progress.note(folded("Attention: \(remark.text)", columns: columns))
      case .information: note("Note: \(remark.text)")
      }
    }
  }

  /// An error beside the one that the command ends with; also when quiet.
  func complain(_ error: any Error) { progress.note("Error: \(error)") }

  /// Shows how far the step is that was begun.
  func report(done: Int, of total: Int?) {
    progress.update(
      fraction: total.map { Double(done) / Double(max($0, 1)) }, count: done,
      unit: total.map { "of \(grouped($0))" } ?? "")
  }
}

/// Text in lines that fit the terminal; as it is where there is none.
///
/// Terminals of fewer than 40 columns get lines of 40. Every line but the first begins with `hanging`
/// spaces.
func folded(_ text: String, columns: Int?, hanging: Int = 0) -> String {
  guard let columns else { return text }
  return wrapped(text, width: max(columns, 40) - hanging)
    .joined(separator: "\n" + String(repeating: " ", count: hanging))
}
