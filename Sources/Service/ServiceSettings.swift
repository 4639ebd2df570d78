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
  /// Whether a proxy on this machine speaks TLS with the clients and tells their addresses.
  package var isBehindProxy: Bool
  /// Event loops, and workers besides them.
  package var threads: Int

  /// The settings of a service.
  package init(
    places: DataPlaces, address: ListenAddress, tokens: String, activity: ActivityFolder,
    tls: HTTPServer.TLSIdentity?, isBehindProxy: Bool = false, threads: Int
  ) {
    self.places = places
    self.address = address
    self.tokens = tokens
    self.activity = activity
    self.tls = tls
    self.isBehindProxy = isBehindProxy
    self.threads = threads
  }
}
