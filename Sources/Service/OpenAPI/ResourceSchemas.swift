internal import Analytics
internal import Files

/// The schemas of a resource of the Analytics API: a row, a group and a page of either.
struct ResourceSchemas {
  private let resource: any AnalyticsResource
  /// The resource's name, as types are written.
  private let name: String

  init(_ resource: any AnalyticsResource) {
    self.resource = resource
    name = resource.name.prefix(1).uppercased() + resource.name.dropFirst()
  }

  /// The name of the schema of an answer.
  var page: String { name + "Page" }
  private var row: String { name + "Row" }
  private var group: String { name + "Group" }

  /// By name.
  var all: [(name: String, schema: JSONValue)] {
    [(page, pageSchema), (row, rowSchema), (group, groupSchema)]
  }

  private var pageSchema: JSONValue {
    EnvelopeSchema.make(
      "What was found, " + EnvelopeSchema.sizes,
      rows: [row, group], mayBeRedacted: true)
  }

  private var rowSchema: JSONValue {
    EnvelopeSchema.object(
      resource.abstract,
      resource.fields.map { ($0.name, $0.schema(in: .row)) },
      required: resource.fields.filter { $0.sensitivity == nil }.map(\.name))
  }

  /// What can be grouped by, and the measures; of the fields only those are there that were asked for, and
  /// what else a group must have in common for its measures to be added.
  private var groupSchema: JSONValue {
    let groups = resource.fields.indices.filter { resource.fields[$0].isGroupable }
    let columns = resource.columns(groupedBy: groups)
    // The measures stand behind the fields.
    let measures = zip(columns.suffix(resource.measures.count), resource.measures)
    return EnvelopeSchema.object(
      "Rows with the same values of what was grouped by: these values, and what the rows come to.",
      columns.dropLast(resource.measures.count).map { ($0.name, $0.schema(in: .group)) }
        + measures.map { ($0.name, $0.schema(in: .group, isCount: $1.kind.isCount)) },
      required: measures.filter { $0.0.sensitivity == nil }.map(\.0.name))
  }
}

extension Measure.Kind {
  /// Whether it is a number for every group.
  fileprivate var isCount: Bool {
    switch self {
    case .count, .countWhere: true
    case .sum: false
    }
  }
}
