import Files
import TestSupport
import Testing
import Words

@testable import Reporting

/// The page in a browser: its script runs without an error, also on hostile names; it fits a telephone and
/// paper.
struct BrowserTests {
  /// The document as the script left it; fails on any message on the console.
  private func opened(_ path: String, _ flags: [String] = []) throws -> String {
    let (status, output) = Browser.opened(path, flags)
    #expect(status == 0, "\(output)")
    return output
  }

  @Test(
    .enabled(if: Browser.isThere, "needs the Debian package chromium"),
    arguments: [Language.en, .ja])
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

  /// Forty-two rows with all that a row can have, and with names that are hard to break.
  private func crowded(in language: Language) -> AtRiskDocument {
    let rows = (1...42).map { number in
      var row = SampleScores.full.subscriptions[0]
      row.rank = number
      row.identity.subscriptionId = SampleScores.id(number)
      row.identity.customerName =
        number == 7
        ? String(repeating: "Unbreakable", count: 30) : "Customer \(number) GmbH & Co. KG"
      row.identity.subscriptionName = SampleScores.hostileNames[number % 20]
      row.reasons += row.reasons.prefix(1)
      return row
    }
    var document = SampleScores.document(rows).translated(to: language)
    document.excluded = SampleScores.full.excluded
    return document
  }

  @Test(
    .enabled(if: Browser.isThere, "needs the Debian package chromium"), arguments: Language.allCases
  )
  func `nothing is wider than a telephone`(language: Language) throws {
    let lists = try ExportedLists(crowded(in: language), formats: ["html"])
    for name in ["anna-berg.html", "summary.html"] {
      let text = Browser.widths(of: name, in: lists.folder, width: 390)
      let widths = try #require(text.firstMatch(of: #/inner (\d+), content (\d+), rows (\d+)/#))
      // What is not scrolled sideways is at most as wide as the frame, less its scroll bar.
      #expect(
        widths.output.1 == "390" && Int(widths.output.2).map { $0 <= 390 } ?? false, "\(name)")
      #expect(Int(widths.output.3).map { $0 > 2 } ?? false, "the page was not read")
    }
  }

  @Test(.enabled(if: Browser.isThere, "needs the Debian package chromium"))
  func `another order gives the rows new numbers`() throws {
    let rows = zip(1..., [10.0, 30, 20]).map { rank, loss in
      var row = SampleScores.row(rank, manager: "Anna")
      row.expectedLoss = loss
      return row
    }
    let lists = try ExportedLists(SampleScores.document(rows), formats: ["html"])
    try writeFile(lists.folder["frame.html"]) { output in
      try output.write(
        """
        <!DOCTYPE html><title>frame</title><iframe id="f" src="anna.html"></iframe><p id="rows"></p><script>
        document.getElementById("f").addEventListener("load", function () {
          var d = this.contentDocument, order = d.getElementById("order");
          order.value = "loss";
          order.dispatchEvent(new Event("change"));
          document.getElementById("rows").textContent =
            Array.from(d.querySelectorAll("#list tbody tr"), function (r) {
              return r.cells[0].textContent + "=" + r.dataset.rank;
            }).join(" ");
        });
        </script>
        """)
    }
    let text = try opened(lists.folder["frame.html"], ["--allow-file-access-from-files"])
    #expect(text.contains(">1=2 2=3 3=1<"), "\(text)")
  }

  @Test(.enabled(if: Browser.isThere, "needs the Debian package chromium"))
  func `forty rows are a handful of pages on paper`() throws {
    let lists = try ExportedLists(crowded(in: .fr), formats: ["html"])
    let folder = TemporaryFolder()
    let script = """
      import re, subprocess, sys
      subprocess.run(["/usr/bin/chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                      "--user-data-dir=" + sys.argv[2] + "/profile", "--print-to-pdf=" + sys.argv[2] + "/list.pdf",
                      "file://" + sys.argv[1]], check=True, timeout=120, stdout=subprocess.DEVNULL,
                     stderr=subprocess.DEVNULL)
      pdf = open(sys.argv[2] + "/list.pdf", "rb").read()
      assert pdf.startswith(b"%PDF-")
      print(len(re.findall(rb"/Type */Page\\b", pdf)))
      """
    let (status, output) = Python.run(script, [lists.folder["anna-berg.html"], folder.path])
    let pages = try #require(Int(output.split(separator: "\n").first ?? ""), "\(output)")
    #expect(status == 0 && (4...7).contains(pages), "\(pages) pages")
  }
}
