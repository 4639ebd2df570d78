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
  /// Who owns what depends on the day.
  var day: CalendarDay?
}

/// A history in one state.
struct DatedHistory {
  let store: HistoryStore
  /// With owners; the state is this one or a newer one.
  let version: DataVersion
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
  private let assigned = Mutex<Assigned?>(nil)
  private let owned = Mutex<[String: Owned]>([:])

  init(_ places: DataPlaces, tell: @escaping @Sendable (String) -> Void) {
    self.places = places
    watch = StoreWatch(places.store)
    stores = StorePool(places.store)
    let scores = places.scores
    scoresFile = KeptFile(scores, tell: tell) { try AtRiskDocument(contentsOf: scores) }
    let owners = places.owners ?? ""
    ownersFile = KeptFile(owners, mustBeThere: true, tell: tell) {
      try OwnerRules.read(owners).owners
    }
  }

  /// The state of some parts.
  ///
  /// - Throws: `HistoryError` when the history cannot be read.
  func version(of parts: DataParts) throws -> DataVersion {
    var version = DataVersion()
    if parts.contains(.history) || parts.contains(.owners) { version.store = try watch.version() }
    if parts.contains(.scores) {
      // Scores are told with the owners of the file.
      version.files.append(FileStamp(ofPath: places.scores))
      if let path = places.owners { version.files.append(FileStamp(ofPath: path)) }
    }
    if parts.contains(.owners) {
      version.day = today()
      if let path = places.owners { version.files.append(FileStamp(ofPath: path)) }
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
  func withHistory<Result>(_ body: (DatedHistory) throws -> Result) throws -> Result {
    let version = try version(of: .owners)
    return try stores.withStore { try body(DatedHistory(store: $0, version: version)) }
  }

  /// The newest scores that could be read, with the owners of the owners file; nil where there are none.
  func scores() throws -> AtRiskDocument? {
    guard places.owners != nil else { return try scoresFile.value() }
    let stamps = [
      FileStamp(ofPath: places.scores), places.owners.flatMap { FileStamp(ofPath: $0) },
    ]
    if let known = assigned.withLock({ $0 }), known.stamps == stamps { return known.scores }
    guard var scores = try scoresFile.value() else { return nil }
    scores.assign(try ownersFile.value() ?? OwnerRules())
    assigned.withLock { [scores] in $0 = Assigned(stamps: stamps, scores: scores) }
    return scores
  }

  private struct Assigned {
    var stamps: [FileStamp?]
    var scores: AtRiskDocument
  }

  /// How many of the files beside the history cannot be read as they are now.
  var staleFiles: Int { [scoresFile.isInTrouble, ownersFile.isInTrouble].count { $0 } }

  /// The ids of the subscriptions that an account manager looks after today.
  ///
  /// - Throws: what reading the owners file and the history throws.
  func subscriptions(
    ownedBy accountManager: String, in history: DatedHistory
  ) throws -> Set<GUID> {
    if let known = owned.withLock({ $0[accountManager] }), known.version == history.version {
      return known.subscriptions
    }
    let rules = places.owners == nil ? history.store.owners : try ownersFile.value() ?? OwnerRules()
    let found = try history.store.subscriptions(ownedBy: accountManager, by: rules, on: today())
    owned.withLock { owned in
      if owned.count >= Self.mostManagers { owned = [:] }
      owned[accountManager] = Owned(version: history.version, subscriptions: found)
    }
    return found
  }

  private struct Owned {
    var version: DataVersion
    var subscriptions: Set<GUID>
  }

  private static let mostManagers = 256

  /// Reads the owners file, if there is one to read.
  ///
  /// - Throws: what reading it throws, also that it is missing.
  func readOwners() throws {
    if places.owners != nil { _ = try ownersFile.value() }
  }

  /// Chart.js, read once it is needed.
  func chartLibrary() -> ChartLibrary? {
    library.withLock { library in
      if library == nil { library = ChartLibrary() }
      return library
    }
  }
}
