internal import Files
internal import HTTPServer

/// What can be asked, for programs that make clients and tests of it.
struct OpenAPIRoute: Route {
  let name = "openapi"
  let path = "/openapi.json"
  let access = RouteAccess.open

  func answer(_ call: Call) throws(ServiceError) -> RouteAnswer { .made(.json(Self.bytes)) }

  private static let bytes = Array((OpenAPIDocument.json.serialized() + "\n").utf8)
}
