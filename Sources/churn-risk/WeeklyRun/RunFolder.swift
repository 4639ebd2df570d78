import Files
import History
import Reporting
import RiskModel

/// The folder of all runs.
///
/// ```
///   runs/2026-11-16/    at-risk.json, the lists, manifest.json, model/     one run
///   runs/latest         → 2026-11-16, the newest run whose data was complete
///   runs/log.jsonl      one line for each run, also for those that failed
///   runs/.lock          held while a run works
///   runs/.2026-11-23    a run that is not finished; left by one that was killed, and written anew
/// ```
struct RunFolder {
  let path: String

  init(_ path: String) { self.path = path }

  /// Makes the folder and takes its lock.
  ///
  /// - Throws: `FileError` when it cannot be written; `HistoryError` of kind `busy` when another run is at
  ///   work.
  func lock(mode: UInt32) throws -> FileLock {
    try makeFolder(path, mode: folderMode(ofFiles: mode))
    guard let lock = try FileLock.take("\(path)/.lock") else {
      throw HistoryError(
        .busy, path: path, what: "another run is at work in this folder",
        remedy: "Wait until it has ended.")
    }
    return lock
  }

  func folder(of day: CalendarDay) -> String { "\(path)/\(day)" }
  func unfinished(of day: CalendarDay) -> String { "\(path)/.\(day)" }
  var log: String { "\(path)/log.jsonl" }
  private var latest: String { "\(path)/latest" }

  /// The days of finished runs, ascending.
  var days: [CalendarDay] { namesOfFolder(path).compactMap { CalendarDay($0) }.sorted() }

  /// The finished runs before a day, ascending.
  func finished(before day: CalendarDay) -> [PastRun] {
    days.filter { $0 < day }.compactMap { PastRun(folder(of: $0), day: $0) }
  }

  /// Lets `latest` name the run of a day.
  func pointLatest(to day: CalendarDay) throws(FileError) {
    try pointLink(latest, to: "\(day)")
  }

  /// Removes all runs but the newest `count`, and never the one that `latest` names.
  func prune(keeping count: Int) throws(FileError) {
    let kept = destination(ofLink: latest)
    for day in days.dropLast(count) where "\(day)" != kept { try removeTree(folder(of: day)) }
  }
}

/// A finished run, as its manifest tells it.
struct PastRun {
  let path: String
  let day: CalendarDay
  let isComplete: Bool
  let horizonDays: Int
  let events: [String]

  init?(_ path: String, day: CalendarDay) {
    let manifest = "\(path)/manifest.json"
    guard let bytes = try? contents(ofFile: manifest),
      let json = try? JSONValue(parsing: bytes, path: manifest), let run = json["run"],
      let horizon = json["horizonDays"]?.int
    else { return nil }
    self.path = path
    self.day = day
    isComplete = run["status"]?.string == "complete"
    horizonDays = horizon
    events = (run["events"]?.array ?? []).compactMap(\.string)
  }

  var scores: String { "\(path)/at-risk.json" }
  var model: ModelFolder { ModelFolder("\(path)/model") }

  /// nil when the run has none.
  var trainedModel: RiskModelFile? {
    get throws {
      do {
        return try RiskModelFile(contentsOf: model.model)
      } catch let error as FileError where error.kind == .missing {
        return nil
      }
    }
  }
}
