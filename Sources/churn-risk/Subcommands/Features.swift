import CommandLineKit

/// `features`: the labelled panel for any other tool.
struct FeaturesCommand: Command {
  static let configuration = CommandConfiguration(
    name: "features", abstract: "Writes the features of past days with what came of them.",
    discussion: PanelOptions.discussion,
    examples: PanelOptions.examples)

  @OptionGroup var panel: PanelOptions
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard panel.isWanted else { throw UsageError("Expected --from, --to and --output.") }
  }

  mutating func run() throws { try panel.write(Session(global), store: store.store) }
}
