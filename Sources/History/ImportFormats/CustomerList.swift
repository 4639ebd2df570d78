internal import Files

// The customer list of Partner Center's web page: "Export customers".
//
//   Microsoft ID,Company name,Primary domain name,Relationship
//   https://learn.microsoft.com/partner-center/customers/see-your-customer-list
//
// A partner that is direct and indirect at once has customers twice; each row is kept as it is. Headers
// come in the language of the page.

/// Customers.csv.
struct CustomerList: ContextFormat {
  let name = "customer list"

  static let table = ContextTable(
    "customer", .customers, identity: ["customerTenantId"],
    columns: [
      .tenant("customerTenantId").or(WebColumn.microsoftId.headers),
      .text("customerName").or(WebColumn.companyName.headers),
      .text("domainName").or(WebColumn.primaryDomainName.headers),
      .text("relationship").or(WebColumn.relationship.headers),
      .text("tags").or(WebColumn.tags.headers),
    ])

  static let signs = WebColumn.microsoftId.headers

  func recognises(_ head: FileHead) -> Recognition {
    func has(_ column: WebColumn) -> Bool { column.headers.contains { head.has($0) } }
    return has(.microsoftId) && (has(.companyName) || has(.primaryDomainName)) ? .yes : .no
  }
}
