/// The parameters behind the question mark of an address, or those of a form.
struct QueryString: Sendable, Hashable {
  /// In the order of the text, names in lower case.
  let parameters: [(name: String, value: String)]

  /// The most parameters.
  private static let most = 64

  /// What is wrong with a query string, in a sentence.
  struct Malformed: Error { var reason: String }

  /// Reads `name=value&name=value`, with `%XX` and `+` for a space.
  ///
  /// - Parameter text: nil and empty for none.
  /// - Throws: `Malformed` when a name comes twice, or what stands behind a percent sign is no byte of UTF-8.
  init(_ text: Substring?) throws(Malformed) {
    var parameters: [(name: String, value: String)] = []
    var names: Set<String> = []
    for part in (text ?? "").split(separator: "&") {
      guard parameters.count < Self.most else {
        throw Malformed(
          reason: "There are more than \(Self.most) parameters; no address takes so many.")
      }
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(halves[0]),
        let value = Self.decoded(halves.count > 1 ? halves[1] : "")
      else {
        throw Malformed(
          reason:
            "A part of the query is not percent-encoded UTF-8. Write % as %25, and other characters "
            + "as the bytes of their UTF-8.")
      }
      // OData writes its parameters with a dollar sign; both are understood.
      let key = name.hasPrefix("$") ? name.dropFirst().lowercased() : name.lowercased()
      guard names.insert(key).inserted else {
        throw Malformed(reason: "The parameter '\(Self.short(key))' is there twice. Give it once.")
      }
      parameters.append((key, value))
    }
    self.parameters = parameters
  }

  /// The value of a parameter; nil where it is missing.
  subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

  static func == (left: QueryString, right: QueryString) -> Bool {
    left.parameters.elementsEqual(right.parameters) { $0 == $1 }
  }

  func hash(into hasher: inout Hasher) {
    for (name, value) in parameters {
      hasher.combine(name)
      hasher.combine(value)
    }
  }

  /// The beginning of a foreign text, as an error may repeat it.
  static func short(_ text: String) -> String {
    let shown = text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }
    var short = String.UnicodeScalarView()
    short.append(contentsOf: shown.prefix(40))
    return String(short) + (shown.count > 40 ? "…" : "")
  }

  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8.makeIterator()
    while let byte = rest.next() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else {
          return nil
        }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
