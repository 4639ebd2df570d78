import Files
import TestSupport
import Testing
import Words

@testable import Reporting

/// The page in a browser: its script runs without an error, also on hostile names.
struct BrowserTests {
  private static let chromium = "/usr/bin/chromium"
  private static let isThere =
    Python.exists
    && Python.run("import os, sys; sys.exit(not os.path.exists('\(chromium)'))", []).status == 0

  /// The document as the script left it; fails on any message on the console.
  private func opened(_ path: String) throws -> String {
    let folder = TemporaryFolder()
    let script = """
      import subprocess, sys
      done = subprocess.run(["\(Self.chromium)", "--headless", "--no-sandbox", "--disable-gpu",
                             "--user-data-dir=" + sys.argv[2] + "/profile", "--enable-logging=stderr",
                             "--virtual-time-budget=2000", "--dump-dom", "file://" + sys.argv[1]],
                            capture_output=True, text=True, timeout=120)
      for line in done.stderr.splitlines():
          if "CONSOLE" in line or "Uncaught" in line or "Content Security Policy" in line:
              sys.exit(line)
      sys.stdout.write(done.stdout)
      """
    let (status, output) = Python.run(script, [path, folder.path])
    #expect(status == 0, "\(output)")
    return output
  }

  @Test(.enabled(if: isThere, "needs the Debian package chromium"), arguments: [Language.en, .ja])
  func `the script counts the rows and shows the search`(language: Language) throws {
    let rows = SampleScores.hostileNames.enumerated().map { index, name in
      var row = SampleScores.row(index + 1, manager: "Anna")
      row.identity.customerName = name
      row.identity.subscriptionName = name
      return row
    }
    let document = SampleScores.document(rows).translated(to: language)
    let lists = try ExportedLists(document, formats: ["html"])
    let text = try opened(lists.folder["anna.html"])
    #expect(text.contains("id=\"tools\">"), "the tools are not hidden any more")
    #expect(text.contains("role=\"status\">\(rows.count) / \(rows.count)<"))
    #expect(text.contains("<html lang=\"\(language.rawValue)\">"))
    // A page without a table of rows has nothing to search.
    #expect(try opened(lists.folder["unassigned.html"]).contains("</html>"))
  }
}
