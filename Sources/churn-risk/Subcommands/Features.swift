import CommandLineKit
import Features
import Files

/// `features`: what the columns of the feature table mean, or the table itself for any other tool.
struct FeaturesCommand: Command {
  static let configuration = CommandConfiguration(
    name: "features",
    abstract: "Explains the features, or writes those of past days with what came of them.",
    discussion: """
      Each feature has a name, a family, a unit, a meaning, what it stands for when it is unknown, and \
      the fields of Partner Center it is made from. A model refers to features by name.


      """ + PanelOptions.discussion,
    examples: [
      Example(command: "churn-risk features --describe", does: "what every feature means"),
      Example(command: "churn-risk features --describe --json", does: "the same for programs"),
    ] + PanelOptions.examples)

  @Flag(help: "Prints the reference of all features.") var describe = false
  @Flag(help: "With --describe: prints it as JSON.") var json = false
  @Flag(help: "With --describe: prints it as the table of the README.") var markdown = false
  @OptionGroup var panel: PanelOptions
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard describe != panel.isWanted else {
      throw UsageError("Expected either --describe, or --from, --to and --output.")
    }
    guard describe || !(json || markdown) else {
      throw UsageError("Expected --json and --markdown with --describe only.")
    }
    guard !(json && markdown) else { throw UsageError("Expected --json or --markdown, not both.") }
  }

  mutating func run() throws {
    let session = Session(global)
    guard describe else { return try panel.write(session, store: store.store) }
    let text =
      json
      ? FeatureText.json.serialized() + "\n"
      : markdown ? FeatureReference.markdown : FeatureText.text(width: session.outputColumns)
    try StandardStream.output.write(text)
  }
}
