/// The members of a JSON object in the order they were added, each key once.
package struct JSONObject: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  private var keys: [String]
  private var values: [String: JSONValue]

  /// An object without members.
  package init() {
    keys = []
    values = [:]
  }

  /// A key that occurs twice keeps its first place and takes the last value.
  package init(_ members: some Sequence<(String, JSONValue)>) {
    self.init()
    for (key, value) in members { self[key] = value }
  }

  /// The members of a literal in their order.
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(elements)
  }

  /// How many members there are.
  package var count: Int { keys.count }

  /// Whether there is no member.
  package var isEmpty: Bool { keys.isEmpty }

  /// In order.
  package var members: [(key: String, value: JSONValue)] {
    keys.compactMap { key in values[key].map { (key, $0) } }
  }

  /// Reads a member; writes it in its place, or at the end when it is new; nil removes it.
  package subscript(key: String) -> JSONValue? {
    get { values[key] }
    set {
      let old = values.updateValue(newValue ?? .null, forKey: key)
      if newValue == nil {
        values[key] = nil
        if old != nil { keys.removeAll { $0 == key } }
      } else if old == nil {
        keys.append(key)
      }
    }
  }

  /// Adds a member, or replaces the value of the member that has the key.
  package mutating func append(_ key: String, _ value: JSONValue) {
    self[key] = value
  }
}
