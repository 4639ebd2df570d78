import Files
import Learning
import Testing

@testable import RiskModel

struct LogisticCodingTests {
  /// A country and its currency: every column of the second equals one of the first.
  private func fitted() -> LogisticModel {
    let codes = (0..<90).map { Int32($0 % 3) - 1 }
    let dataset = Dataset(
      columnNames: ["country", "currency"],
      columns: [
        .categorical(codes: codes, levels: ["DE", "US"]),
        .categorical(codes: codes, levels: ["EUR", "USD"]),
      ], labels: (0..<90).map { $0 % 4 == 0 ? 1 : 0 })
    return LogisticModel.fit(dataset, rows: Array(0..<90), lambda: 0.1).model
  }

  private func json(_ model: LogisticModel, absorbed: JSONValue?) -> JSONValue {
    var members = model.json.object ?? [:]
    members["absorbed"] = absorbed
    return .object(members)
  }

  @Test func `categories that an earlier column stands for are read as they were written`() throws {
    let model = fitted()
    #expect(model.preparation.absorbed.map(\.level) == ["EUR", "USD", nil])
    let written = try JSONValue(parsing: Array(model.json.serialized().utf8), path: "model")
    #expect(LogisticModel(json: written) == model)
  }

  @Test func `a model of before they were told has none`() throws {
    let read = try #require(LogisticModel(json: json(fitted(), absorbed: nil)))
    #expect(read.preparation.absorbed.isEmpty)
  }

  @Test(
    arguments: [
      [["column": "town", "level": "EUR"]], [["column": "currency"]],
      [["column": "currency", "level": "EUR"], ["column": "currency", "level": "EUR"]],
      [["column": "country", "level": "DE"]],
    ] as [JSONValue])
  func `one that is of no column, told twice or has a column of its own is refused`(
    absorbed: JSONValue
  ) {
    #expect(LogisticModel(json: json(fitted(), absorbed: absorbed)) == nil)
  }
}
