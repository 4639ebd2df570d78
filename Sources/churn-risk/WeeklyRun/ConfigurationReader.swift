import CommandLineKit
import Files
import Learning
import Reporting
import RiskModel
import Words

/// Takes values out of a configuration, with the key and what was expected in every complaint.
struct ConfigurationReader {
  private let json: JSONValue
  private let path: String
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

  /// The content of a configuration.
  ///
  /// - Throws: `FileError` with the place of what is no JSON.
  static func json(_ bytes: [UInt8], path: String) throws(FileError) -> JSONValue {
    do throws(FileError) {
      return try JSONValue(parsing: bytes, path: path)
    } catch {
      var error = error
      // Nobody downloads a configuration.
      error.remedy =
        "Correct the configuration; 'churn-risk init --output -' prints an example to compare with."
      throw error
    }
  }

  private func wrong(_ what: String, expected: String) -> FileError {
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

  /// Names of formats, each once.
  func formats(_ key: String) throws(FileError) -> [String]? {
    guard let words = try words(key, ListFormatName.self)?.map(\.name) else { return nil }
    guard !words.isEmpty else {
      throw wrong(
        "'\(key)' names no format, so that nobody would get a list",
        expected: "a list of one or more, each \(ListFormatName.syntax.expectation)")
    }
    return words.enumerated().filter { !words.prefix($0.offset).contains($0.element) }.map(
      \.element)
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
