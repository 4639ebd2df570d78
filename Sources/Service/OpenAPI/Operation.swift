internal import Files

/// What the OpenAPI document tells of one method of a route.
///
/// What follows from who may call the route, `OpenAPIPaths` adds.
struct Operation: Sendable {
  /// One line.
  var summary: String
  /// What the summary leaves open, in sentences.
  var description = ""
  var parameters: [JSONValue] = []
  var form: RequestBody?
  /// The answers that are the route's own.
  var answers: [Answer]
  /// Errors that the route's own work can end in; others come from who may call it.
  var errors: [CommonAnswer] = []
  /// Whether a browser's session is not enough.
  var changes = false

  /// What a client sends.
  struct RequestBody: Sendable {
    var type: String
    var schema: JSONValue
  }

  /// What is answered with a status.
  struct Answer: Sendable {
    var status: Int
    var description: String
    /// nil where there is no body.
    var type: String?
    var schema: JSONValue?
    /// Whether browsers get it as a page.
    var hasPage = false
    /// Names and what they say.
    var headers: [(name: String, meaning: String)] = []

    /// JSON of a schema.
    static func json(_ schema: String, _ description: String, status: Int = 200) -> Answer {
      Answer(
        status: status, description: description, type: "application/json",
        schema: OpenAPIDocument.schema(schema))
    }

    /// A page for people.
    static func page(_ description: String, status: Int = 200) -> Answer {
      Answer(
        status: status, description: description, type: "text/html", schema: ["type": "string"])
    }

    /// A Response Object; HEAD gets the same answer without its body.
    func json(hasBody: Bool) -> JSONValue {
      var response = JSONObject([("description", .string(description))])
      if !headers.isEmpty {
        response.append(
          "headers",
          .object(
            JSONObject(
              headers.map { name, meaning in
                (name, ["description": .string(meaning), "schema": ["type": "string"]])
              })))
      }
      if hasBody, let type, let schema {
        var content: JSONObject = [type: ["schema": schema]]
        if hasPage { content.append("text/html", ["schema": ["type": "string"]]) }
        response.append("content", .object(content))
      }
      return .object(response)
    }
  }
}
