internal import Access
internal import Analytics
internal import Files
internal import Reporting

// The OpenAPI document is made from what the service is made from, so that it cannot tell otherwise:
//
//   routes ────────────► paths: methods, who may, what each may answer      (Operation, OpenAPIPaths)
//   analyticsResources ► schemas: rows, groups, pages; fields and measures  (OpenAPIRows, FieldSchema)
//   QueryParameter ────► parameters with their bounds                       (QueryParameter+OpenAPI)
//   CommonAnswer ──────► errors and other answers that many routes give     (CommonAnswer)
//
// OpenAPI 3.0.3 and not 3.1: more generators of clients read it.
// Source: https://spec.openapis.org/oas/v3.0.3

/// The OpenAPI document of the service.
enum OpenAPIDocument {
  static let json: JSONValue = [
    "openapi": "3.0.3",
    "info": [
      "title": .string(Product.name), "version": .string(Product.version),
      "description": .string(description),
    ],
    "servers": [["url": "/"]],
    "paths": paths,
    "components": [
      "schemas": .object(schemas), "responses": CommonAnswer.components,
      "securitySchemes": securitySchemes,
    ],
  ]

  private static let description = """
    The Azure usage page of a partner and the Analytics API of Partner Center, over the history of the partner's \
    own exports, with the risk of each subscription.

    What an answer holds depends on the role of whoever asks. Fields that a role may not see are absent, and \
    the answer says so with dataRedacted; a query that names one of them is answered with 403. A salesAgent \
    gets rows, counts and sums of the own customers alone.

    Names of parameters may be written in any case, and with a dollar sign before them as in OData. Names of \
    fields in them may be written in any case. Dates are UTC days.

    A request may have the headers MS-RequestId and MS-CorrelationId; of letters, digits and hyphens they come \
    back with the answer. Answers are compressed where Accept-Encoding has gzip. A browser, which accepts \
    text/html, gets errors as pages, and is led to the form for signing in where programs get 401. \
    Any other method is answered with 405, any other address with 404; what is no HTTP, with 400 without a body \
    for programs.
    """

  private static let securitySchemes: JSONValue = [
    "token": [
      "type": "http", "scheme": "bearer",
      "description": .string(
        "A token that 'churn-risk tokens add' or POST \(TokensRoute.address) made."),
    ],
    "session": [
      "type": "apiKey", "in": "cookie", "name": .string(ServiceState.cookie),
      "description":
        .string(
          "The session of a browser that signed in at \(SignInRoute.address). It may look and change nothing."
        ),
    ],
  ]

  private static var schemas: JSONObject {
    var schemas = JSONObject()
    schemas.append("Error", CommonAnswer.errorSchema)
    for resource in analyticsResources {
      for (name, schema) in ResourceSchemas(resource).all { schemas.append(name, schema) }
    }
    for (name, schema) in ServiceSchemas.all { schemas.append(name, schema) }
    return schemas
  }

  /// A reference to a part of the document.
  static func reference(_ kind: String, _ name: String) -> JSONValue {
    ["$ref": .string("#/components/\(kind)/\(name)")]
  }

  static func schema(_ name: String) -> JSONValue { reference("schemas", name) }
}
