internal import Files

extension PageRoute {
  func operation(_ method: String) -> Operation {
    Operation(
      summary: "The Azure usage page",
      parameters: [
        ParameterSchema.chosenDay("from", "The first day of the period, not behind to."),
        ParameterSchema.chosenDay("to", "The last day of the period."),
        ParameterSchema.chosenDay("asOf", "The page as it would have been on that day."),
      ],
      answers: [.page("One page that needs nothing else.")],
      errors: [.badRequest, .notFound, .failure])
  }
}

extension SignInRoute {
  func operation(_ method: String) -> Operation {
    guard method == "POST" else {
      return Operation(
        summary: "The form for signing in", answers: [.page("The form.")])
    }
    return Operation(
      summary: "Signs a browser in",
      description: "Only from the form of the same host.",
      form: Operation.RequestBody(
        type: "application/x-www-form-urlencoded",
        schema: EnvelopeSchema.object(
          "What the form sends.", [("token", ["type": "string", "minLength": 1])],
          required: ["token"])),
      answers: [
        Operation.Answer(
          status: 303, description: "Signed in, for 8 hours at most.",
          headers: [
            ("Location", "What the role sees first."), ("Set-Cookie", "The session."),
          ]),
        .page("The form, with the reason why the token is not accepted.", status: 401),
      ], errors: [.badRequest, .forbidden, .unavailable])
  }
}

extension SignOutRoute {
  func operation(_ method: String) -> Operation {
    Operation(
      summary: "Ends the session of a browser",
      answers: [
        Operation.Answer(
          status: 303, description: "Signed out.",
          headers: [("Location", "The form for signing in."), ("Set-Cookie", "No session.")])
      ], errors: [.forbidden, .bodyTooLong])
  }
}

extension AccountRoute {
  func operation(_ method: String) -> Operation {
    Operation(summary: "Who is signed in", answers: [.page("The token's owner and role.")])
  }
}
