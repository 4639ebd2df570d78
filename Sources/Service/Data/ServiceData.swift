internal import Analytics
internal import Files
internal import History
internal import HTTPServer
internal import Reporting
internal import RiskModel
internal import Synchronization
internal import UsagePage

/// A state of the data that answers are made from; parts that an answer does not need are left out.
struct DataVersion: Sendable, Hashable {
  var store: StoreVersion?
  var files: [FileStamp?] = []
}

/// The data of a service, as the files have it now.
///
/// Each answer sees one state of the history, whatever is written meanwhile; nobody who writes is kept waiting.
final class ServiceData: Sendable {
  let places: DataPlaces
  private let watch: StoreWatch
  private let stores: StorePool
  private let scoresFile: KeptFile<AtRiskDocument>
  private let ownersFile: KeptFile<OwnerRules>
  private let library = Mutex<ChartLibrary?>(nil)

  init(_ places: DataPlaces) {
    self.places = places
    watch = StoreWatch(places.store)
    stores = StorePool(places.store)
    let scores = places.scores
    scoresFile = KeptFile(scores) { try AtRiskDocument(contentsOf: scores) }
    let owners = places.owners ?? ""
    ownersFile = KeptFile(owners) { try OwnerRules.read(owners).owners }
  }

  /// The state of some parts.
  ///
  /// - Throws: `HistoryError` when the history cannot be read.
  func version(of parts: DataParts) throws -> DataVersion {
    var version = DataVersion()
    if parts.contains(.history) || parts.contains(.owners) { version.store = try watch.version() }
    if parts.contains(.scores) { version.files.append(FileStamp(ofPath: places.scores)) }
    if parts.contains(.owners), let path = places.owners {
      version.files.append(FileStamp(ofPath: path))
    }
    if parts.contains(.model) {
      for path in [places.page.evaluationPath] + places.page.backtestPaths {
        version.files.append(FileStamp(ofPath: path))
      }
    }
    return version
  }

  /// Calls `body` with the history, in one state.
  ///
  /// - Throws: `HistoryError` when it cannot be read; what `body` throws.
  func withHistory<Result>(_ body: (HistoryStore) throws -> Result) throws -> Result {
    try stores.withStore(body)
  }

  /// The newest scores that could be read; nil where there are none.
  func scores() throws -> AtRiskDocument? { try scoresFile.value() }

  /// What is wrong with the files beside the history, in sentences.
  var problems: [String] { [scoresFile, ownersFile as any KeptProblem].compactMap(\.problem) }

  /// The ids of the subscriptions that an account manager looks after today.
  ///
  /// - Throws: what reading the owners file and the history throws.
  func subscriptions(ownedBy accountManager: String, in history: HistoryStore) throws -> Set<GUID> {
    let rules = places.owners == nil ? history.owners : try ownersFile.value() ?? OwnerRules()
    return try history.subscriptions(ownedBy: accountManager, by: rules, on: today())
  }

  /// Reads the owners file, if there is one to read.
  ///
  /// - Throws: what reading it throws, also that it is missing.
  func readOwners() throws {
    guard let path = places.owners else { return }
    if try ownersFile.value() == nil { _ = try OwnerRules.read(path) }
  }

  /// Chart.js, read once it is needed.
  func chartLibrary() -> ChartLibrary? {
    library.withLock { library in
      if library == nil { library = ChartLibrary() }
      return library
    }
  }
}

/// What may be wrong with a file.
protocol KeptProblem: Sendable {
  var problem: String? { get }
}

/// What stands in a file, read again when the file is another one.
///
/// Where a new file cannot be read, what was read before stays in force, and the trouble is told.
final class KeptFile<Value: Sendable>: KeptProblem {
  private let path: String
  private let read: @Sendable () throws -> Value
  private let state = Mutex(State())

  private struct State {
    var stamp: FileStamp?
    var value: Value?
    var problem: String?
  }

  init(_ path: String, read: @escaping @Sendable () throws -> Value) {
    self.path = path
    self.read = read
  }

  /// The newest value; nil where there is no file and never was one.
  ///
  /// - Throws: what reading the first file throws.
  func value() throws -> Value? {
    try state.withLock { state in
      let stamp = FileStamp(ofPath: path)
      guard stamp != state.stamp || stamp == nil else { return state.value }
      guard stamp != nil else {
        // A file that is gone takes its value along.
        state = State()
        return nil
      }
      do {
        state.value = try read()
        state.problem = nil
      } catch  where state.value != nil {
        state.problem =
          "\(path) cannot be read; what stood there before is still in force. \(error)"
      }
      state.stamp = stamp
      return state.value
    }
  }

  var problem: String? { state.withLock { $0.problem } }
}
