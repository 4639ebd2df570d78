/// Row ids that a writer has looked up before.
///
/// They stay true as long as no transaction is rolled back and no other process writes; the owner
/// drops them then. Texts and meters are found by their bytes, without making Strings.
struct StoreCaches {
  var subscriptions: [GUID: Int64] = [:]
  var texts = ByteInterner()
  /// Row id of each interned text; 0: not looked up yet.
  var textIds: [Int64] = []
  var meters = ByteInterner()
  var meterIds: [Int64] = []
  /// The known states of a subscription by its row id.
  var states: [Int64: [StateRecord: Int64]] = [:]
  /// SQLite's count of changes by others when the caches were last used.
  var version: Int64?

  /// Above this many texts the caches start afresh, so that memory stays bounded.
  static let textLimit = 2_000_000
}
