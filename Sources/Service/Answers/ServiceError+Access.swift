internal import Access

extension ServiceError {
  init(_ error: AccessError) {
    switch error {
    case .file:
      self.init(
        status: 503, code: "noTokens",
        description:
          "The file of tokens cannot be read or written. Whoever runs the service can find out why."
      )
    case .busy: self = .busy
    case .unknownToken:
      self.init(status: 404, code: "notFound", description: "There is no token of that id.")
    case .forbiddenRole: self = .forbidden(error.description)
    case .nameMissing, .textTooLong, .accountManagerMissing, .accountManagerRefused,
      .expiresInThePast:
      self.init(status: 400, code: "invalidToken", description: error.description)
    }
  }
}
