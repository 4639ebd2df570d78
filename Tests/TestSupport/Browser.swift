/// Headless Chromium of Debian, driven by Debian's Python.
///
/// Tests that need it are skipped with a reason where it is missing.
package enum Browser {
  private static let chromium = "/usr/bin/chromium"

  /// Whether there is a browser.
  package static let isThere =
    Python.exists
    && Python.run("import os, sys; sys.exit(not os.path.exists('\(chromium)'))", []).status == 0
  /// Why tests that need it are skipped.
  package static let reason = "needs the Debian package chromium"

  /// A page as its scripts left it.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - flags: of Chromium, besides those that make it headless.
  /// - Returns: the document; a status other than 0 and the message where one came up on the console.
  package static func opened(_ path: String, _ flags: [String] = []) -> (
    status: Int32, output: String
  ) {
    let folder = TemporaryFolder()
    let script = """
      import subprocess, sys
      done = subprocess.run(["\(chromium)", "--headless", "--no-sandbox", "--disable-gpu",
                             "--user-data-dir=" + sys.argv[2] + "/profile", "--enable-logging=stderr",
                             "--virtual-time-budget=2000", "--dump-dom", *sys.argv[3:], "file://" + sys.argv[1]],
                            capture_output=True, text=True, timeout=120)
      for line in done.stderr.splitlines():
          if "CONSOLE" in line or "Uncaught" in line or "Content Security Policy" in line:
              sys.exit(line)
      sys.stdout.write(done.stdout)
      """
    return Python.run(script, [path, folder.path] + flags)
  }

  /// How wide a page is inside of a frame of some width, and how many rows of tables it has.
  ///
  /// A frame is as wide as it is told, whatever the smallest window is.
  /// - Parameters:
  ///   - name: of a page in `folder`.
  ///   - folder: where the frame is written.
  ///   - width: in pixels.
  /// - Returns: the text of the frame's page: `inner 390, content 390, rows 12`, or a message.
  package static func widths(of name: String, in folder: TemporaryFolder, width: Int) -> String {
    let script = """
      import sys
      open(sys.argv[1], "w").write('''<!DOCTYPE html><title>frame</title>
      <iframe id="f" width="\(width)" height="800" src="\(name)"></iframe><p id="widths"></p><script>
      document.getElementById("f").addEventListener("load", function () {
        var w = this.contentWindow, d = w.document.documentElement;
        document.getElementById("widths").textContent =
          "inner " + w.innerWidth + ", content " + d.scrollWidth + ", rows " + d.querySelectorAll("tr").length;
      });
      </script>''')
      """
    guard Python.run(script, [folder["frame.html"]]).status == 0 else { return "no frame" }
    return opened(folder["frame.html"], ["--allow-file-access-from-files"]).output
  }
}
