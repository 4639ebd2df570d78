import Testing

@testable import CommandLineKit

struct HelpPageTests {
  private func page(
    _ command: any Command.Type, _ path: String..., root: any Command.Type = Sample.self,
    width: Int = 80
  ) -> String {
    HelpPage(command: command, path: path, root: root, width: width).rendered()
  }

  @Test func `shows a command from its examples to the global options`() {
    #expect(
      page(Sample.List.self, "sample", "list") == """
        EXAMPLES
          sample list --top 3
              Prints three rows.
          sample list --redact revenue,names --store 'a b.db' > out
              Hides.

        OVERVIEW
          Prints the list.

          A longer text.

        USAGE
          sample list [OPTIONS]

        OPTIONS
          --top N                 Rows to print. At least 1. Default: 20.
          -f, --format FORMAT     A format. One of: csv, json, html. May be given
                                  several times. Default: csv.
          --as-of DAY             The day. Default: the newest observation.
          --redact REDACT         What to hide. One of: revenue, names.
          --lag N                 Weeks to look back. Default: 2.
          --share NUMBER          A share. 0.0 to 1.0.
          --json                  Prints JSON.

        STORE OPTIONS
          --store FILE            The store. Default: $SAMPLE_STORE if set, otherwise
                                  sample.db.

        GLOBAL OPTIONS
          -q, --quiet             Prints no progress.
          -v, --verbose           Prints more.
          --threads N             Threads to use. At least 1. Default: one per core.
          --version               Shows the version of the program.
          -h, --help              Shows this help.

        """)
  }

  @Test func `lists subcommands under their groups`() {
    let text = page(Sample.self, "sample")
    #expect(text.contains("USAGE\n  sample COMMAND [OPTIONS]\n"))
    #expect(text.contains("\nCOMMANDS\n  list                    Prints the list.\n"))
    #expect(text.contains("\nACCESS\n  tokens                  Keeps tokens.\n"))
    #expect(text.hasSuffix("\nSee 'sample COMMAND --help' for one command.\n"))
  }

  @Test func `shows both usages of a command that also has subcommands`() {
    #expect(
      page(Sample.Imports.self, "sample", "imports")
        .contains("USAGE\n  sample imports [OPTIONS]\n  sample imports COMMAND [OPTIONS]\n"))
  }

  @Test func `shows the usage that a command declares, a line for each way to call it`() {
    #expect(
      page(Sample.Copy.self, "sample", "copy")
        .contains("USAGE\n  sample copy [OPTIONS]\n  sample copy back ID [OPTIONS]\n\nARGUMENTS\n"))
  }

  @Test func `spells out what is required`() {
    let text = page(Sample.Compare.self, "sample", "compare")
    #expect(text.contains("  sample compare --column COLUMN [OPTIONS] FILE…\n"))
    #expect(text.contains("ARGUMENTS\n  FILE                    Files.\n"))
    #expect(text.contains("A column. May be given several times. Required."))
    #expect(
      page(Sample.Shift.self, "sample", "shift")
        .contains("  sample shift [OPTIONS] NUMBER [BY] [NAME]\n"))
  }

  @Test func `puts a long label on a line of its own`() {
    struct Wide: Command {
      @Option(value: "FILE", help: "Everything.") var allContributionsOfEachFeature: String?
      @Flag(help: "") var bare = false
      mutating func run() throws {}
    }
    #expect(
      page(Wide.self, "wide", root: Wide.self) == """
        USAGE
          wide [OPTIONS]

        OPTIONS
          --all-contributions-of-each-feature FILE
                                  Everything.
          --bare

        GLOBAL OPTIONS
          -h, --help              Shows this help.

        """)
  }

  @Test(arguments: [60, 61, 80, 100])
  func `keeps to the width of the page`(width: Int) {
    for command in [Sample.self, Sample.List.self, Sample.Compare.self] as [any Command.Type] {
      let lines = page(command, "sample", width: width).split(separator: "\n")
      #expect(lines.allSatisfy { $0.displayWidth <= width })
    }
  }

  @Test func `takes the width from COLUMNS within limits`() {
    #expect(helpWidth(columns: nil) == 80)
    #expect(helpWidth(columns: "60") == 80)
    #expect(helpWidth(columns: "61") == 61)
    #expect(helpWidth(columns: "100") == 100)
    #expect(helpWidth(columns: "200") == 100)
    #expect(helpWidth(columns: "wide") == 80)
    #expect(helpWidth(columns: "-70") == 80)
  }
}
