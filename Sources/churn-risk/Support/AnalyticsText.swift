import Analytics
import CommandLineKit
import History

/// Answers and descriptions of the Analytics resources for people.
enum AnalyticsText {
  /// The narrowest a column of texts gets on a terminal.
  private static let narrowest = 8

  /// The rows as a table; of rows that are not grouped the columns that matter most.
  ///
  /// The width is that of the terminal, nil when the output goes elsewhere.
  static func table(of answer: AnalyticsAnswer, isGrouped: Bool, width: Int?) -> String {
    let shown = answer.columns.indices.filter { isGrouped || answer.columns[$0].isBrief }
    var table = Table(
      columns: shown.map { index in
        let field = answer.columns[index]
        return Table.Column(
          field.name, alignment: field.type == .number ? .right : .left,
          // An id is of no use when it is cut.
          minimumWidth: field.type.isText && field.type != .id ? narrowest : nil)
      })
    for row in answer.rows { table.add(shown.map { cell(row[$0]) }) }
    return table.rendered(maximumWidth: width)
  }

  private static func cell(_ value: FieldValue) -> String {
    switch value {
    case .null: ""
    case .text(let text): text
    case .boolean(let flag): flag ? "true" : "false"
    case .day(let day): day.description
    case .number(let number): wholeNumber(number).map { String($0) } ?? decimals(number, 4)
    }
  }

  /// How many there are of how many, and how to see the next ones.
  static func remark(on answer: AnalyticsAnswer) -> String {
    guard let next = answer.nextSkip else {
      return answer.rows.isEmpty && answer.totalCount > 0
        ? "No row behind the \(grouped(answer.totalCount)) that there are."
        : counted(answer.totalCount, "row") + "."
    }
    return "\(grouped(answer.rows.count)) of \(counted(answer.totalCount, "row")); "
      + "--skip \(next) shows the next."
  }

  /// The fields of a resource and what its groups count.
  static func description(of resource: some AnalyticsResource, width: Int?) -> String {
    var fields = Table(columns: [
      Table.Column("Field"), Table.Column("Type"), Table.Column("Groups"),
      Table.Column("Meaning", minimumWidth: 30),
    ])
    for field in resource.fields {
      fields.add([
        field.name, field.type.name, field.isGroupable ? "yes" : "", field.meaning,
      ])
    }
    var measures = Table(columns: [
      Table.Column("In groups"), Table.Column("Meaning", minimumWidth: 30),
    ])
    for measure in resource.measures { measures.add([measure.name, measure.meaning]) }
    let added = resource.columns(groupedBy: [0]).dropFirst().dropLast(resource.measures.count)
    let remark =
      added.isEmpty
      ? ""
      : folded(
        "Only what is of one kind is added: groups are split by "
          + added.map(\.name).joined(separator: ", ")
          + ", which stand in the answer as well.", columns: width) + "\n\n"
    return folded(resource.abstract, columns: width) + "\n\n"
      + fields.rendered(maximumWidth: width) + "\n" + remark
      + measures.rendered(maximumWidth: width) + "\n"
      + folded(
        "Every field can be filtered and ordered by; dates are put together by "
          + "\(resource.defaultLevel.rawValue) unless --aggregation-level says otherwise.",
        columns: width) + "\n"
  }
}
