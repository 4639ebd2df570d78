internal import Files

/// Chart.js as Debian installs it, to be put into the page as it is.
///
/// Version 3.9.1, MIT licence; its notice stands at the top of the file and goes into the page with it.
package struct ChartLibrary: Sendable {
  package let source: String

  /// The Debian package that holds it.
  package static let packageName = "libjs-chart.js"
  /// Where that puts it.
  package static let usualPath = "/usr/share/javascript/chart.js/chart.min.js"

  /// Largest file that is taken for the library, in bytes.
  private static let mostBytes = 4_000_000

  /// Reads the library; nil where there is none, or a file that is no such thing.
  package init?(path: String = Self.usualPath) {
    guard let bytes = try? contents(ofFile: path, limit: Self.mostBytes),
      let text = String(validating: bytes, as: UTF8.self), text.contains("Chart.js")
    else { return nil }
    self.init(text: text)
  }

  /// A library of some text.
  init(text: String) {
    // An end tag inside of a script would end it, wherever it stands; in a string or an expression a
    // backslash before the slash means the same. A comment that opens would hide the end tag.
    source =
      text
      .replacing(#/<\/(?=script)/#.ignoresCase(), with: "<\\/")
      .replacing("<!--", with: "<\\!--")
      .replacing(#/\/\/# sourceMappingURL=[^\n]*/#, with: "")
  }
}
