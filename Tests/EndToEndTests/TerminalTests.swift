import Foundation
import Reporting
import Testing

/// What a person at a terminal sees, and a program behind a pipe.
struct TerminalTests {
  /// Runs a command whose standard streams are a terminal of 100 columns.
  ///
  /// - Parameters:
  ///   - words: the program's path and the arguments.
  ///   - program: where to run it, and with which variables.
  ///   - slow: a named pipe among the arguments, and the file that it delivers after two and a half
  ///     seconds: progress is shown after two.
  /// - Returns: everything that was written to the terminal.
  /// - Throws: when no process can be made.
  private func onTerminal(
    _ words: [String], in program: Program, slow: (pipe: String, file: String)? = nil
  ) throws -> String {
    let script = """
      import fcntl, os, pty, struct, subprocess, sys, termios, threading, time
      pipe, file, words = sys.argv[1], sys.argv[2], sys.argv[3:]
      def deliver():
          time.sleep(2.5)
          with open(file, "rb") as source, open(pipe, "wb") as sink: sink.write(source.read())
      if pipe:
          os.mkfifo(pipe)
          threading.Thread(target=deliver, daemon=True).start()
      master, slave = pty.openpty()
      fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
      environment = dict(os.environ, TERM="xterm")
      environment.pop("COLUMNS", None)
      child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=slave, stderr=slave, env=environment)
      os.close(slave)
      while True:
          try: part = os.read(master, 65536)
          except OSError: break
          if not part: break
          os.write(1, part)
      sys.exit(child.wait())
      """
    let outcome = try Program.execute(
      "/usr/bin/python3", ["-c", script, slow?.pipe ?? "", slow?.file ?? ""] + words,
      folder: program.folder, environment: program.environment)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    return outcome.output.replacingOccurrences(of: "\r\n", with: "\n")
  }

  /// Whether a progress line was drawn: from the start of the line, with its seconds, the rest of the
  /// line erased.
  private func showsProgress(_ shown: String) -> Bool {
    shown.contains(
      #/\r(?:Reading|Building|Choosing|Fitting|Scoring|Writing)[^\r\n]*\(\d+ s\)\u{1B}\[K/#)
  }

  private static let erased = "\r\u{1B}[K"

  @Test func `train, score and export show progress when they take more than two seconds`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let model = try SimulatedPartner.model
    try folder.write("recipe.json", "{}")
    let train = try onTerminal(
      [Program.path, "train", "--recipe", "r.pipe", "--model", "m"], in: program,
      slow: ("r.pipe", "recipe.json"))
    let last = try SimulatedPartner.folder.get().path("last.json")
    let score = try onTerminal(
      [Program.path, "score", "--model", model, "--previous", "p.pipe"], in: program,
      slow: ("p.pipe", last))
    let export = try onTerminal(
      [Program.path, "export", "--scores", "s.pipe", "--format", "csv", "--output", "lists"],
      in: program, slow: ("s.pipe", "at-risk.json"))
    for shown in [train, score, export] {
      #expect(showsProgress(shown), "\(shown.debugDescription)")
      // Nothing of it is left in front of the results.
      #expect(shown.contains(Self.erased))
    }
  }

  @Test func `short work shows no progress`() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    let shown = try onTerminal([Program.path, "import", "2026-01-05"], in: program)
    #expect(!shown.contains("\r"))
  }

  @Test(arguments: [
    ["train", "--model", "m"], ["score"], ["export"], ["status"], ["imports"], ["import"],
  ])
  func `no line of the results is wider than the terminal`(words: [String]) throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let partner = try SimulatedPartner.folder.get()
    let more: [String: [String]] = [
      "score": ["--model", "\(partner.path)/model", "--previous", partner.path("last.json")],
      "export": ["--scores", partner.path("last.json"), "--format", "csv", "--output", "lists"],
      "import": [partner.path("exports"), "--dry-run"],
    ]
    let shown = try onTerminal([Program.path] + words + (more[words[0]] ?? []), in: program)
    for line in shown.split(separator: "\n") where !line.hasPrefix("  ") {
      // Progress lines of a slow machine stand before the result in the same line.
      let text = (line.split(separator: "\r").last ?? "").replacing("\u{1B}[K", with: "")
      #expect(text.count <= 100, "\(text)")
    }
  }

  @Test func `behind a pipe nothing is cut and no sentence is broken`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let partner = try SimulatedPartner.folder.get()
    let score = try program.succeed(["score", "--model", "\(partner.path)/model", "--top", "400"])
    let list = try AtRiskDocument(contentsOf: folder.path("at-risk.json"))
    for row in list.subscriptions.prefix(400) {
      #expect(score.output.contains(try #require(row.identity.customerName)))
      if let reason = row.reasons.first { #expect(score.output.contains(reason.text)) }
    }
    #expect(
      score.output.contains("does not count. Trials that end unpaid, transfers and normal ends"))
    let imported = try program.succeed(["import", partner.path("exports"), "--dry-run"])
    #expect(!imported.output.contains("…\n") && !imported.output.contains("…  "))
  }

  @Test func `a reader that has seen enough ends the program quietly`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    try folder.write(
      "run.sh",
      """
      "$1" score --model "$2" --output - | head -c 100
      echo "status ${PIPESTATUS[0]}"
      """)
    let outcome = try Program.execute(
      "/bin/bash", ["run.sh", Program.path, SimulatedPartner.model], folder: folder.path,
      environment: program.environment)
    #expect(outcome.output.hasSuffix("status 0\n"))
    #expect(outcome.errors == "")
  }

  @Test func `a partner is told how good the model is in words`() throws {
    let folder = try TemporaryFolder()
    let program = try SimulatedPartner.program(in: folder)
    let outcome = try program.succeed(["train"])
    for words in [
      "AUC 0.", "guessing gives 50", "the riskiest tenth", "of every 100 losses that it expected",
      "Grade ", "reliably better than the base rate", "model/card.md",
    ] {
      #expect(outcome.output.contains(words), "\(outcome.output)")
    }
    for name in ["logLoss", "brierScore", "areaUnderROC"] {
      #expect(!outcome.output.contains(name))
    }
  }
}
