internal import History

/// One page of what a query found.
package struct AnalyticsAnswer: Sendable, Hashable {
  package var columns: [AnalyticsField]
  /// One value for each column.
  package var rows: [[FieldValue]]
  /// All rows that were found, those of other pages too.
  package var totalCount: Int
  /// How many come before this page.
  package var skip: Int
  /// Whether columns are missing that the reader may not see.
  package var isRedacted = false

  /// How many rows must be skipped to get the next page; nil on the last one.
  package var nextSkip: Int? {
    let end = skip + rows.count
    return rows.isEmpty || end >= totalCount ? nil : end
  }

  /// The address of the next page, without a host.
  ///
  /// - Parameters:
  ///   - request: that was answered.
  ///   - resource: that answered.
  /// - Returns: nil on the last page.
  package func nextLink(after request: QueryRequest, of resource: some AnalyticsResource) -> String?
  {
    guard let nextSkip else { return nil }
    let parameters: [(QueryParameter, String?)] = [
      (.filter, request.filter), (.groupBy, request.groupBy),
      (.aggregationLevel, request.aggregationLevel), (.orderBy, request.orderBy),
      (.asOf, request.asOf?.description),
      (.top, "\(request.top ?? AnalyticsQuery.pageLimit)"), (.skip, "\(nextSkip)"),
    ]
    let query = parameters.compactMap { parameter, value in
      value.map { "\(parameter.queryName)=\(percentEncoded($0))" }
    }
    return "\(analyticsPath)/\(resource.path)?" + query.joined(separator: "&")
  }
}

/// Where the Analytics API begins, on any host.
package let analyticsPath = "/partner/v1/analytics"

/// A text as the value of a query parameter: all but the unreserved characters of RFC 3986 as %XX.
package func percentEncoded(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF".unicodeScalars)
  var encoded = String.UnicodeScalarView()
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      encoded.append(Unicode.Scalar(byte))
    default:
      encoded.append("%")
      encoded.append(digits[Int(byte >> 4)])
      encoded.append(digits[Int(byte & 15)])
    }
  }
  return String(encoded)
}
