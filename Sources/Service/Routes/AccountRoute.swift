/// Who is signed in, and a button that ends it.
struct AccountRoute: Route {
  static let address = "/account"

  let name = "account"
  let path = Self.address
  let access = RouteAccess.signedIn

  func answer(_ call: Call) throws(ServiceError) -> RouteAnswer {
    guard let reader = call.reader else { throw .notFound }
    return .made(SmallPage.account(reader))
  }
}
