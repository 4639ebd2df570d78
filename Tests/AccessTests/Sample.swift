import Access
import Files
import TestSupport

/// Tokens whose secrets are known.
enum Sample {
  /// 32 bytes from 0 to 31 in base64url, by Python's base64.urlsafe_b64encode.
  static let secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
  /// Of the text above, by sha256sum of coreutils.
  static let digest = "ea866a757e4c38babfa8127cbe9a409d3e1f93a00ff1488ff735fcf917afffd0"

  static func token(_ id: String, secret: String = secret) -> String { "crt_\(id)_\(secret)" }

  static func record(
    _ id: String = "0123456789ab", role: Role = .adminAgent, manager: String? = nil,
    expires: String? = "2027-01-31", revoked: String? = nil
  ) -> TokenRecord {
    TokenRecord(
      id: id, name: "Power BI", role: role, accountManager: manager, createdOn: day("2026-01-31"),
      expiresOn: expires.map(day), revokedOn: revoked.map(day), secretSHA256: digest)
  }

  static func entry(
    _ number: Int = 0, at time: String = "2026-11-26T19:36:35.123Z", query: String = "top=100"
  ) -> ActivityEntry {
    guard let time = UTCTime(time) else { preconditionFailure("\(time) is no time") }
    return ActivityEntry(
      time: time, token: "0123456789ab", name: "Power BI", role: .reportViewer, via: .bearer,
      peer: "127.0.0.1", method: "GET", action: "subscriptions", query: query, status: 200,
      rows: number, bytes: 2_048, milliseconds: 1.25)
  }

  static func text(_ path: String) throws -> String {
    String(decoding: try contents(ofFile: path), as: UTF8.self)
  }
}
