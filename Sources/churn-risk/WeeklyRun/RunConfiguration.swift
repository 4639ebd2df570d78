import CommandLineKit
import Files
import Learning
import Reporting
import RiskModel
import Words

/// What the weekly job does: a JSON file that `init` writes and `run` reads.
///
/// Paths are relative to the file's own folder. Keys that begin with `//` are remarks.
struct RunConfiguration {
  var imports = ["exports"]
  var owners: String?
  var contacts: String?
  var store = "churn-risk.sqlite"
  var runs = "runs"
  var recipe: String?
  var learner: LearnerChoice?
  var horizonDays: Int?
  var lagDays: Int?
  var retrainEveryWeeks = 4
  var formats = ["csv", "xlsx", "html"]
  var by = ListGrouping.accountManager
  var order = ListSort.probability
  var capacity: Int?
  var holdOut: ListingPolicy.HoldOut?
  var profit = ProfitTerms()
  var language = Language.en
  var redact: [AtRiskDocument.Redaction] = []
  var keepRuns = 60
  var fileMode = FileMode(0o600)

  init() {}

  /// Reads a configuration.
  ///
  /// - Throws: `FileError`: missing, no JSON, an unknown key, or a value that is none of those expected.
  init(contentsOf path: String) throws {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.contents(ofFile: path)
    } catch {
      guard error.kind == .missing else { throw error }
      throw FileError(
        kind: .missing, path: path, what: "there is no configuration",
        remedy: "Write an example with 'churn-risk init', or name yours with --config.")
    }
    let json = try JSONValue(parsing: bytes, path: path)
    let reader = try ConfigurationReader(json, path: path)
    imports = try reader.paths("imports") ?? imports
    owners = try reader.path("owners")
    contacts = try reader.path("contacts")
    store = try reader.path("store") ?? reader.resolve(store)
    runs = try reader.path("runs") ?? reader.resolve(runs)
    if json["imports"] == nil { imports = imports.map(reader.resolve) }
    recipe = try reader.recipe("recipe")
    learner = try reader.word("learner")
    horizonDays = try reader.number("horizonDays", 1...730)
    lagDays = try reader.number("lagDays", 0...60)
    retrainEveryWeeks = try reader.number("retrainEveryWeeks", 1...104) ?? retrainEveryWeeks
    formats = try reader.words("formats", ListFormatName.self)?.map(\.name) ?? formats
    by = try reader.word("by") ?? by
    order = try reader.word("order") ?? order
    capacity = try reader.number("capacity", 1...1_000_000)
    holdOut = try reader.holdOut("holdOut")
    profit.rates = try reader.path("rates")
    profit.offer.contactCost = try reader.amount("contactCost") ?? profit.offer.contactCost
    profit.offer.offerCost = try reader.amount("offerCost") ?? profit.offer.offerCost
    language = try reader.word("language") ?? language
    redact = try reader.words("redact", AtRiskDocument.Redaction.self) ?? redact
    keepRuns = try reader.number("keepRuns", 2...10_000) ?? keepRuns
    fileMode = try reader.word("fileMode") ?? fileMode
  }

  static let keys = [
    "imports", "owners", "contacts", "store", "runs", "recipe", "learner", "horizonDays", "lagDays",
    "retrainEveryWeeks", "formats", "by", "order", "capacity", "holdOut", "rates", "contactCost",
    "offerCost", "language", "redact", "keepRuns", "fileMode",
  ]

  /// What `init` writes.
  static let example = """
    {
      "//": "The weekly job of churn-risk: churn-risk run --config FILE. Paths are relative to this file.",

      "//imports": "Folders and files with the exports of Partner Center. Importing all of them every week is the usual way: what is known already is passed over.",
      "imports": ["exports"],
      "//owners": "Who looks after whom, a CSV with subscriptionId, customerTenantId, partnerId or customerMarket, then accountManager and email; null for none.",
      "owners": null,
      "//contacts": "Who spoke with whom, a CSV with subscriptionId, date, accountManager, outcome and until; null for none.",
      "contacts": null,

      "//store": "The history, and the folder with a folder for each run. runs/latest names the newest good one.",
      "store": "churn-risk.sqlite",
      "runs": "runs",

      "//recipe": "What churn is; null for a recorded end or suspension within 91 days; cancellation-28d, dormancy-28d, or a file of your own. See 'churn-risk schema recipe'.",
      "recipe": null,
      "//retrainEveryWeeks": "A new model is trained after so many weeks, and sooner when the old one is off.",
      "retrainEveryWeeks": 4,

      "//formats": "csv, xlsx, html, json; one file for each account manager (or by partnerId, customerMarket).",
      "formats": ["csv", "xlsx", "html"],
      "by": "accountManager",
      "//order": "probability, or expectedLoss (probability times value); capacity is the most rows of one list.",
      "order": "probability",
      "capacity": null,
      "//holdOut": "Customers that are left alone to learn what calls are worth: { \\"share\\": 0.1, \\"greatestValue\\": 1000 }, with \\"currency\\" where costs are in several.",
      "holdOut": null,
      "//rates": "Exchange rates, a CSV with currency, rate and day, the currency of the figures with rate 1: the summary then tells what contacts may earn at the costs given, and expectedLoss compares currencies; null for neither.",
      "rates": null,
      "contactCost": 1,
      "offerCost": 10,
      "//language": "Of the sentences in the lists: en, fr, ja, zh-Hant.",
      "language": "en",
      "keepRuns": 60,
      "fileMode": "0600"
    }

    """
}

/// Takes values out of a configuration, with the key and what was expected in every complaint.
private struct ConfigurationReader {
  let json: JSONValue
  let path: String
  private let folder: String

  init(_ json: JSONValue, path: String) throws(FileError) {
    self.json = json
    self.path = path
    folder =
      path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
    guard let object = json.object else {
      throw wrong("this is no JSON object", expected: "an object as 'churn-risk init' writes it")
    }
    for (key, _) in object.members
    where !key.hasPrefix("//") && !RunConfiguration.keys.contains(key) && key != "schemaVersion" {
      let near = nearest(to: key, among: RunConfiguration.keys)
      throw wrong(
        "unknown key '\(shown(key))'",
        expected: near.map { "'\($0)'" } ?? RunConfiguration.keys.joined(separator: ", "))
    }
  }

  func wrong(_ what: String, expected: String) -> FileError {
    FileError(
      kind: .unusable, path: path, what: what, expected: expected,
      remedy: "Correct it, or leave the key out for its default.")
  }

  private func shown(_ key: String) -> String {
    String(String.UnicodeScalarView(key.unicodeScalars.filter { $0.value >= 32 }.prefix(60)))
  }

  /// A path as the program can open it from where it runs.
  func resolve(_ path: String) -> String {
    path.hasPrefix("/") || folder == "." ? path : "\(folder.isEmpty ? "/" : folder)/\(path)"
  }

  private func value(_ key: String) -> JSONValue? {
    // JSONValue is nil by a literal of its own, so nothing must be said to be nothing.
    guard let value = json[key], !value.isNull else { return Optional<JSONValue>.none }
    return value
  }

  /// The name of a recipe as it is, or the path of a file.
  func recipe(_ key: String) throws(FileError) -> String? {
    if let name = value(key)?.string, BuiltInRecipe.named(name) != nil { return name }
    return try path(key)
  }

  func path(_ key: String) throws(FileError) -> String? {
    guard let value = value(key) else { return nil }
    guard let text = value.string, !text.isEmpty, text != "-" else {
      throw wrong("'\(key)' is no path", expected: "the path of a file or folder")
    }
    return resolve(text)
  }

  func paths(_ key: String) throws(FileError) -> [String]? {
    guard let value = value(key) else { return nil }
    let texts = (value.array ?? []).compactMap(\.string).filter { !$0.isEmpty && $0 != "-" }
    guard !texts.isEmpty, texts.count == value.array?.count else {
      throw wrong("'\(key)' is no list of paths", expected: "a list such as [\"exports\"]")
    }
    return texts.map(resolve)
  }

  func number(_ key: String, _ range: ClosedRange<Int>) throws(FileError) -> Int? {
    guard let value = value(key) else { return nil }
    guard let number = value.int, range.contains(number) else {
      throw wrong(
        "'\(key)' is wrong",
        expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// Of money; 0 or more.
  func amount(_ key: String) throws(FileError) -> Double? {
    guard let value = value(key) else { return nil }
    guard let amount = value.double, amount >= 0 else {
      throw wrong("'\(key)' is wrong", expected: "an amount, 0 or more")
    }
    return amount
  }

  func word<Word: ParsableValue>(_ key: String) throws(FileError) -> Word? {
    guard let value = value(key) else { return nil }
    guard let word = value.string.flatMap(Word.init(argument:)) else {
      throw wrong("'\(key)' is wrong", expected: Word.syntax.expectation)
    }
    return word
  }

  func words<Word: ParsableValue>(_ key: String, _: Word.Type) throws(FileError) -> [Word]? {
    guard let value = value(key) else { return nil }
    let words = (value.array ?? []).compactMap { $0.string.flatMap(Word.init(argument:)) }
    guard let array = value.array, words.count == array.count else {
      throw wrong("'\(key)' is wrong", expected: "a list, each \(Word.syntax.expectation)")
    }
    return words
  }

  func holdOut(_ key: String) throws(FileError) -> ListingPolicy.HoldOut? {
    guard let value = value(key) else { return nil }
    guard let share = value["share"]?.double, share > 0, share <= 0.5,
      let greatest = value["greatestValue"]?.double, greatest >= 0
    else {
      throw wrong(
        "'\(key)' is wrong",
        expected: "share (above 0, at most 0.5) and greatestValue (the most that a row is worth)")
    }
    return ListingPolicy.HoldOut(
      share: share, greatestValue: greatest, currency: value["currency"]?.string)
  }
}
