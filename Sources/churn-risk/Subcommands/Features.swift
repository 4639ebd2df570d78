import CommandLineKit
import Features
import Files

/// `features`: what the columns of the feature table mean.
struct FeaturesCommand: Command {
  static let configuration = CommandConfiguration(
    name: "features",
    abstract: "Explains the features: what is computed of every subscription on every day.",
    discussion: """
      Each feature has a name, a family, a unit, a meaning, what it stands for when it is unknown, and \
      the fields of Partner Center it is made from. A model refers to features by name.
      """,
    examples: [
      Example(command: "churn-risk features --describe", does: "what every feature means"),
      Example(command: "churn-risk features --describe --json", does: "the same for programs"),
    ])

  @Flag(help: "Prints the reference of all features.") var describe = false
  @Flag(help: "Prints the reference as JSON.") var json = false
  @Flag(help: "Prints the reference as the table of the README.") var markdown = false
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard describe else { throw UsageError("Expected --describe.") }
    guard !(json && markdown) else { throw UsageError("Expected --json or --markdown, not both.") }
  }

  mutating func run() throws {
    let session = Session(global)
    let text =
      json
      ? FeatureText.json.serialized() + "\n"
      : markdown ? FeatureReference.markdown : FeatureText.text(width: session.outputColumns)
    try StandardStream.output.write(text)
  }
}
