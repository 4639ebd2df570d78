import CommandLineKit
import Features
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
    let json = try ConfigurationReader.json(bytes, path: path)
    let reader = try ConfigurationReader(json, path: path)
    imports = try reader.paths("imports") ?? imports.map(reader.resolve)
    owners = try reader.path("owners")
    contacts = try reader.path("contacts")
    store = try reader.path("store") ?? reader.resolve(store)
    runs = try reader.path("runs") ?? reader.resolve(runs)
    recipe = try reader.recipe("recipe")
    learner = try reader.word("learner")
    horizonDays = try reader.number("horizonDays", 1...730)
    lagDays = try reader.number("lagDays", 0...60)
    retrainEveryWeeks = try reader.number("retrainEveryWeeks", 1...104) ?? retrainEveryWeeks
    formats = try reader.formats("formats") ?? formats
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

  /// Set when fewer runs are kept than it takes to see what became of one list.
  ///
  /// They are not kept all the same: how long customers' data stays is for the configuration to say.
  ///
  /// - Parameters:
  ///   - lagDays: the reporting lag of the model.
  ///   - recipe: what counts as churn.
  ///   - step: days from one run to the next.
  /// - Returns: nil when enough runs are kept.
  func shortMemory(lagDays: Int, _ recipe: TrainingRecipe, _ step: Int) -> Attention? {
    let days = recipe.horizonDays + recipe.definition.reactivationGraceDays + lagDays
    // The list itself, and a run for each step until its outcome is known.
    let needed = (days + step - 1) / step + 1
    guard keepRuns < needed else { return nil }
    return Attention(
      "runsKeptTooBriefly",
      "keepRuns is \(keepRuns): a list is removed before the \(days) days are over that tell what became of "
        + "it, so nothing ever says whether the model was right. Keep \(needed) runs for that.",
      severity: .information)
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
