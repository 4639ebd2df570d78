package import Access
package import HTTPServer

/// How a service runs.
package struct ServiceSettings: Sendable {
  package var places: DataPlaces
  package var address: ListenAddress
  /// The file of tokens.
  package var tokens: String
  /// The folder of the activity log.
  package var activity: ActivityFolder
  package var tls: HTTPServer.TLSIdentity?
  /// Event loops, and workers besides them.
  package var threads: Int

  /// The settings of a service.
  package init(
    places: DataPlaces, address: ListenAddress, tokens: String, activity: ActivityFolder,
    tls: HTTPServer.TLSIdentity?, threads: Int
  ) {
    self.places = places
    self.address = address
    self.tokens = tokens
    self.activity = activity
    self.tls = tls
    self.threads = threads
  }
}
