import Access
import Analytics
import Files
import HTTPServer
import Testing

@testable import Service

struct OpenAPITests {
  private static let document = OpenAPIDocument.json
  private static let paths = document["paths"]?.object ?? [:]
  private static let schemas = document["components"]?["schemas"]?.object ?? [:]

  /// What a reference points to; the value itself where it is none.
  private static func resolved(_ value: JSONValue?) -> JSONValue? {
    guard let address = value?["$ref"]?.string else { return value }
    guard address.hasPrefix("#/") else { return nil }
    return address.dropFirst(2).split(separator: "/").reduce(document as JSONValue?) {
      value, part in
      value?[String(part)]
    }
  }

  /// Every value of the document with the keys that lead to it.
  private static func walk(_ value: JSONValue, _ body: (JSONValue) -> Void) {
    body(value)
    for (_, member) in value.object?.members ?? [] { walk(member, body) }
    for element in value.array ?? [] { walk(element, body) }
  }

  private static func statuses(_ path: String, _ method: String) -> [String] {
    paths[path]?[method]?["responses"]?.object?.members.map(\.key) ?? []
  }

  @Test func `every route is a path with exactly its methods, and no other path is there`() {
    #expect(Self.paths.members.map(\.key).sorted() == routes.map(\.path).sorted())
    for route in routes {
      let methods = Self.paths[route.path]?.object?.members.map { $0.key.uppercased() } ?? []
      #expect(methods == route.methods, "\(route.path)")
    }
  }

  @Test func `every reference leads to a part of the document`() {
    var count = 0
    Self.walk(Self.document) { value in
      guard let address = value["$ref"]?.string else { return }
      count += 1
      #expect(Self.resolved(value) != nil, "\(address)")
    }
    #expect(count > 50)
  }

  @Test func `no two operations have the same id`() {
    var ids: [String] = []
    for (_, path) in Self.paths.members {
      ids += path.object?.members.compactMap { $0.value["operationId"]?.string } ?? []
    }
    #expect(ids.count == routes.reduce(0) { $0 + $1.methods.count })
    #expect(Set(ids).count == ids.count)
  }

  @Test func `a row has every field of its resource, and must have those that everybody may see`()
    throws
  {
    for resource in analyticsResources {
      let row = try #require(Self.schemas[Self.capital(resource.name) + "Row"])
      #expect(
        row["properties"]?.object?.members.map(\.key) == resource.fields.map(\.name),
        "\(resource.name)")
      #expect(
        row["required"]?.array?.compactMap(\.string)
          == resource.fields.filter { $0.sensitivity == nil }.map(\.name))
      #expect(row["additionalProperties"] == false)
      for field in resource.fields {
        let text = row["properties"]?[field.name]?["description"]?.string ?? ""
        #expect(text.hasPrefix(field.meaning + "."), "\(field.name)")
      }
    }
  }

  @Test func `a group has what can be grouped by and every measure`() throws {
    for resource in analyticsResources {
      let group = try #require(Self.schemas[Self.capital(resource.name) + "Group"])
      let names = Set(group["properties"]?.object?.members.map(\.key) ?? [])
      let expected =
        resource.fields.filter(\.isGroupable).map(\.name) + resource.measures.map(\.name)
      #expect(names == Set(expected), "\(resource.name)")
    }
  }

  @Test func `every resource takes every parameter of a query, and no other`() throws {
    for resource in analyticsResources {
      let operation = Self.paths["\(analyticsPath)/\(resource.path)"]?["get"]
      let names = operation?["parameters"]?.array?.compactMap { $0["name"]?.string }
      #expect(names == QueryParameter.allCases.map(\.queryName))
      for parameter in operation?["parameters"]?.array ?? [] {
        let schema = parameter["schema"]
        switch parameter["name"]?.string {
        case "top":
          #expect(schema?["minimum"] == 1 && schema?["maximum"] == 10_000)
        case "skip": #expect(schema?["minimum"] == 0)
        case "asOf": #expect(schema?["format"] == "date")
        case "aggregationLevel": #expect(schema?["enum"] == ["day", "week", "month", "dateRange"])
        case "groupby":
          #expect(
            schema?["items"]?["enum"]?.array?.compactMap(\.string)
              == resource.fields.filter(\.isGroupable).map(\.name))
        default: break
        }
      }
    }
  }

  @Test func `roles, states and members of the log are those that there are`() {
    let token = Self.schemas["Token"]?["properties"]
    #expect(token?["role"]?["enum"]?.array?.compactMap(\.string) == Role.allCases.map(\.rawValue))
    #expect(
      token?["state"]?["enum"]?.array?.compactMap(\.string)
        == TokenRecord.State.allCases.map(\.rawValue))
    #expect(
      Self.schemas["Access"]?["properties"]?.object?.members.map(\.key) == ActivityEntry.fields)
  }

  @Test
  func `what needs a token says so and can answer with 401, and with 403 where a role decides`() {
    for route in routes {
      for method in route.methods.map({ $0.lowercased() }) {
        let security = Self.paths[route.path]?[method]?["security"]?.array
        let statuses = Self.statuses(route.path, method)
        let place = "\(method) \(route.path)"
        #expect((security == []) == (route.access == .open), "\(place)")
        if route.access != .open { #expect(statuses.contains("401"), "\(place)") }
        switch route.access {
        case .resource, .change, .metrics: #expect(statuses.contains("403"), "\(place)")
        case .open, .signedIn: break
        }
      }
    }
  }

  @Test func `what changes something takes a token alone`() {
    let changes = [("/tokens", "post"), ("/tokens/{id}", "delete")]
    for (path, method) in changes {
      #expect(Self.paths[path]?[method]?["security"] == [["token": []]])
    }
    #expect(Self.paths["/tokens"]?["get"]?["security"] == [["token": []], ["session": []]])
  }

  @Test func `heads have the statuses of their GET but for the way to sign in, and no body`() {
    for route in routes where route.methods.contains("HEAD") {
      let get = Self.statuses(route.path, "get")
      #expect(Self.statuses(route.path, "head") == get.filter { $0 != "303" }, "\(route.path)")
      for (_, response) in Self.paths[route.path]?["head"]?["responses"]?.object?.members ?? [] {
        #expect(response["content"] == nil && response["$ref"] == nil)
      }
    }
  }

  @Test func `errors have the body that the service writes`() throws {
    let error = ServiceError.parameter("top", "0 is out of range.")
    let bytes = error.response.body.bytes
    let body = try JSONValue(parsing: bytes, path: "body")
    let schema = try #require(Self.schemas["Error"])
    #expect(
      body.object?.members.map(\.key) == schema["properties"]?.object?.members.map(\.key))
    #expect(schema["properties"]?["description"]?["maxLength"] == 1_024)
    for response in CommonAnswer.allCases where ![303, 413, 414, 431].contains(response.rawValue) {
      let found = Self.document["components"]?["responses"]?[response.name]
      #expect(
        found?["content"]?["application/json"]?["schema"] == ["$ref": "#/components/schemas/Error"])
    }
  }

  @Test func `the document is the same bytes each time`() {
    #expect(OpenAPIDocument.json.serialized() == Self.document.serialized())
    #expect(OpenAPIDocument.paths == Self.document["paths"])
  }

  private static func capital(_ name: String) -> String {
    name.prefix(1).uppercased() + name.dropFirst()
  }
}
