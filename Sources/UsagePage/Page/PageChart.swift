internal import Files

/// A chart of a section: what the script draws and what its table says.
struct PageChart: Sendable {
  enum Kind: String, Sendable {
    /// Lines over dates or other labels.
    case line
    /// Bars over them.
    case bar
    /// Bars from left to right, for long labels.
    case ranking
    /// Lines over numbers.
    case curve
    /// The same, each value holding until the next one.
    case steps
  }

  enum Format: String, Sendable { case count, number, percent }

  struct Series: Sendable {
    let name: String
    /// nil leaves a hole.
    let values: [Double?]
    /// The lower or upper edge of an interval: drawn thin.
    var isEdge = false
    /// Drawn as a line also among bars.
    var isLine = false

    init(_ name: String, _ values: [Double?], isEdge: Bool = false, isLine: Bool = false) {
      self.name = name
      self.values = values
      self.isEdge = isEdge
      self.isLine = isLine
    }

    init(_ name: String, _ counts: [Int]) {
      self.init(name, counts.map { Double($0) })
    }

    init(_ name: String, _ counts: [Int?], isLine: Bool = false) {
      self.init(name, counts.map { $0.map(Double.init) }, isLine: isLine)
    }
  }

  let kind: Kind
  let title: String
  /// What one would see, in a sentence.
  let summary: String
  let xTitle: String
  let yTitle: String
  /// One for each value.
  let labels: [String]
  /// Of a curve, instead of labels on the axis.
  var places: [Double]?
  var placeFormat = Format.number
  let series: [Series]
  var format = Format.count
  /// Decimals of numbers in the table.
  var digits = 3
  var isStacked = false
  /// Where the axis of values ends; by the values, where it is nil.
  var most: Double?
  /// Every so many-th place stands in the table; all, where it is 1.
  var tableEvery = 1

  /// What the script needs.
  func json(id: String) -> JSONValue {
    var object: JSONObject = [
      "id": .string(id), "kind": .string(kind.rawValue), "xTitle": .string(xTitle),
      "yTitle": .string(yTitle), "format": .string(format.rawValue), "stacked": .bool(isStacked),
      "labels": .array(labels.map { .string(String($0.prefix(60))) }),
      "series": .array(
        series.map {
          [
            "name": .string($0.name), "edge": .bool($0.isEdge), "line": .bool($0.isLine),
            "values": .array($0.values.map { .optional($0) }),
          ]
        }),
    ]
    if let most { object["most"] = .number(most) }
    if let places {
      object["places"] = .array(places.map { .number($0) })
      object["placeFormat"] = .string(placeFormat.rawValue)
    }
    return .object(object)
  }

  var table: PageTable {
    let kept = labels.indices.filter { $0.isMultiple(of: tableEvery) || $0 == labels.count - 1 }
    return PageTable(
      title,
      [PageTable.Column(xTitle, kind == .ranking ? .text : .day)]
        + series.map { PageTable.Column($0.name, .number) },
      kept.map { index in
        [.name(labels[index])]
          + series.map { series -> PageTable.Cell in
            guard let value = series.values[index] else { return .empty }
            return switch format {
            case .count: .count(Int(value))
            case .number: .decimals(value, digits)
            case .percent: .percent(value)
            }
          }
      }, isNarrow: true, isOrdered: kind != .ranking)
  }
}
