import TestSupport
import Testing

@testable import Files

struct JSONWriterTests {
  private let folder = TemporaryFolder()

  private func written(
    pretty: Bool, _ body: (inout JSONWriter) throws -> Void
  ) throws -> String {
    try writeFile(folder["a"]) { file in
      var writer = JSONWriter(file, pretty: pretty)
      try body(&writer)
    }
    return String(decoding: try contents(ofFile: folder["a"]), as: UTF8.self)
  }

  @Test func `writes piece by piece what serialized gives at once`() throws {
    let value: JSONValue = [
      "a": [1, 2.5, nil, true, "x", [], [:]], "b": ["c": ["d": "e"]], "n": nil,
    ]
    for pretty in [true, false] {
      let text = try written(pretty: pretty) { writer in
        try writer.beginObject()
        writer.key("a")
        try writer.beginArray()
        try writer.value(1)
        try writer.value(2.5)
        try writer.value(Double?.none)
        try writer.value(true)
        try writer.value("x")
        try writer.beginArray()
        try writer.endArray()
        try writer.beginObject()
        try writer.endObject()
        try writer.endArray()
        writer.key("b")
        try writer.value(["c": ["d": "e"]] as JSONValue)
        writer.key("n")
        try writer.value(String?.none)
        try writer.endObject()
      }
      #expect(text == value.serialized(pretty: pretty) + "\n")
    }
  }

  @Test func `outermost values one after the other are JSON Lines`() throws {
    let text = try written(pretty: false) { writer in
      try writer.value(["a": 1] as JSONValue)
      try writer.value(Int?.none)
      try writer.beginObject()
      try writer.endObject()
    }
    #expect(text == "{\"a\":1}\nnull\n{}\n")
  }

  @Test func `calls that are not JSON trap`() async {
    await #expect(processExitsWith: .failure) {
      try writeFile("/dev/null") { file in
        var writer = JSONWriter(file)
        try writer.beginObject()
        try writer.value(1)
      }
    }
    await #expect(processExitsWith: .failure) {
      try writeFile("/dev/null") { file in
        var writer = JSONWriter(file)
        try writer.beginArray()
        writer.key("a")
      }
    }
    await #expect(processExitsWith: .failure) {
      try writeFile("/dev/null") { file in
        var writer = JSONWriter(file)
        try writer.beginObject()
        try writer.endArray()
      }
    }
    await #expect(processExitsWith: .failure) {
      try writeFile("/dev/null") { file in
        var writer = JSONWriter(file)
        try writer.beginObject()
        writer.key("a")
        try writer.endObject()
      }
    }
  }

  @Test func `elements written apart have a line each`() throws {
    func elements(_ isFirst: Bool, _ name: String) throws -> [UInt8] {
      try JSONWriter.elements(isFirst: isFirst) { (writer) throws(FileError) in
        try writer.beginObject()
        writer.key(fixed: "name")
        try writer.value(name)
        writer.key("values")
        try writer.value([1, 2.5, [], [:], ["a": [nil]]] as JSONValue)
        try writer.endObject()
      }
    }
    let text = try written(pretty: true) { writer in
      try writer.beginObject()
      writer.key("rows")
      try writer.beginArray()
      try writer.append(elements: elements(true, "a"))
      try writer.append(elements: elements(false, "b\n"))
      try writer.endArray()
      try writer.endObject()
    }
    #expect(
      text == """
        {
          "rows": [
            {"name": "a", "values": [1, 2.5, [], {}, {"a": [null]}]},
            {"name": "b\\n", "values": [1, 2.5, [], {}, {"a": [null]}]}
          ]
        }

        """)
  }
}
