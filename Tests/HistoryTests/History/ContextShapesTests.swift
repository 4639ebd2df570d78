import TestSupport
import Testing

@testable import History

/// Every table of context reads the same out of every shape that a file can have.
struct ContextShapesTests {
  /// A way to write a row of named values.
  enum Shape: String, CaseIterable {
    case lines, bareObject, bareArray, envelope, collection, commas, semicolons, tabs

    func text(_ row: [(name: String, value: String)]) -> String {
      let members = row.map { "\"\($0.name)\":\"\($0.value)\"" }
      let object = "{\(members.joined(separator: ","))}"
      func table(_ separator: String) -> String {
        row.map(\.name).joined(separator: separator) + "\r\n"
          + row.map { "\"\($0.value)\"" }.joined(separator: separator) + "\r\n"
      }
      return switch self {
      case .lines: object + "\n"
      case .bareObject: "{\n" + members.joined(separator: ",\n") + "\n}"
      case .bareArray: "[\(object)]"
      case .envelope: "{\"Value\":[\(object)],\"@nextLink\":null,\"TotalCount\":1}"
      case .collection:
        "{\"totalCount\":1,\"items\":[\(object)],\"attributes\":{\"objectType\":\"Collection\"}}"
      case .commas: table(",")
      case .semicolons: table(";")
      case .tabs: table("\t")
      }
    }
  }

  /// A value of each column, all as texts, under the names that files use.
  private static func row(_ table: ContextTable) -> [(name: String, value: String)] {
    table.columns.enumerated().map { index, column in
      let value =
        switch column.kind {
        case .text: "text \(index)"
        case .id, .tenant: guid(index).description.uppercased()
        case .day: "2024-03-\(index + 10)T00:00:00"
        case .boolean: "true"
        case .count: "\(index + 1000)"
        case .number: "0.\(index + 1)"
        }
      return (column.names.count > 1 ? column.names[1] : column.names[0], value)
    }
  }

  private static func expected(_ table: ContextTable) -> [ContextValue?] {
    table.columns.enumerated().map { index, column in
      switch column.kind {
      case .text: .text("text \(index)")
      case .id, .tenant: .text("\(guid(index))")
      case .day: .day(day("2024-03-\(index + 10)"))
      case .boolean: .boolean(true)
      case .count: .count(index + 1000)
      case .number: .number(Double("0.\(index + 1)") ?? 0)
      }
    }
  }

  @Test(arguments: Shape.allCases) func `reads a row of every table`(shape: Shape) throws {
    let folder = ExportFolder()
    for table in ContextTable.all {
      folder.write("2025-01-06/\(table.sqlName)", shape.text(Self.row(table)))
    }
    let report = try folder.import("2025-01-06")
    #expect(report.files.allSatisfy { $0.notes.isEmpty && $0.rowsAccepted == 1 })
    let store = try folder.reading()
    for table in ContextTable.all {
      #expect(
        try store.contextRows(table.resource).map(\.values) == [Self.expected(table)],
        "\(table.sqlName)")
    }
  }

  @Test func `a row with nothing in it is rejected by every table`() throws {
    for table in ContextTable.all {
      let folder = ExportFolder()
      let empty = Self.row(table).map { (name: $0.name, value: " ") }
      folder.write("2025-01-06.jsonl", Shape.lines.text(Self.row(table)) + Shape.lines.text(empty))
      let file = try folder.import("2025-01-06.jsonl").files[0]
      #expect((file.rowsAccepted, file.rowsRejected) == (1, 1))
      #expect(file.notes.isEmpty)
    }
  }
}
