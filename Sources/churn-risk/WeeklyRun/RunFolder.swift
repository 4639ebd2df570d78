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
///   runs/.2026-11-23    a run that is not finished; left by one that was killed, and removed by the next
///   runs/.notes.json    what an import told that no finished run has told yet
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

  /// Clears away what runs that were killed have left: it holds customers' data.
  ///
  /// To be called with the lock. A finished run that was stepping aside when the process ended steps back.
  ///
  /// - Throws: `FileError` when something cannot be removed.
  func tidy() throws(FileError) {
    for name in namesOfFolder(path) {
      if name.first == ".", CalendarDay(String(name.dropFirst())) != nil {
        try removeTree("\(path)/\(name)")
      }
      guard name.count > 10, let day = CalendarDay(String(name.prefix(10))),
        asideName("\(day)") == name
      else { continue }
      if PastRun(folder(of: day), day: day) == nil, PastRun("\(path)/\(name)", day: day) != nil {
        try removeTree(folder(of: day))
        try renameFolder("\(path)/\(name)", to: folder(of: day))
      } else {
        try removeTree("\(path)/\(name)")
      }
    }
  }

  func folder(of day: CalendarDay) -> String { "\(path)/\(day)" }
  func unfinished(of day: CalendarDay) -> String { "\(path)/.\(day)" }
  var log: String { "\(path)/log.jsonl" }
  var notes: RunNotes { RunNotes("\(path)/.notes.json") }
  private var latest: String { "\(path)/latest" }

  /// What `latest` names; nil where there is none.
  var latestName: String? { destination(ofLink: latest) }

  /// The finished run of a day.
  func run(of day: CalendarDay) -> PastRun? { PastRun(folder(of: day), day: day) }

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
}
