import Files
import TestSupport
import Testing

@testable import RiskModel

/// Recipes by name.
struct BuiltInRecipeTests {
  @Test(arguments: BuiltInRecipe.all.map(\.name)) func `a name stands for the recipe called so`(
    name: String
  ) throws {
    let recipe = try TrainingRecipe(nameOrFile: name)
    #expect(recipe.name == name && !recipe.comment.isEmpty)
  }

  @Test func `the first is the default, but for its comment`() throws {
    var first = try TrainingRecipe(nameOrFile: BuiltInRecipe.all[0].name)
    first.comment = ""
    #expect(first.resolved == TrainingRecipe().resolved)
  }

  @Test func `any other text is a file, and a missing one names the recipes there are`() throws {
    let folder = TemporaryFolder()
    let path = folder["mine.json"]
    try writeFile(path) { try $0.write(#"{"horizonDays": 56}"#) }
    #expect(try TrainingRecipe(nameOrFile: path).horizonDays == 56)
    let error = try #require(throws: FileError.self) {
      try TrainingRecipe(nameOrFile: "cancelation-28d")
    }
    #expect(error.kind == .missing)
    #expect(error.description.contains("cancellation-28d, dormancy-28d, or a file"))
    #expect(error.description.contains("Did you mean 'cancellation-28d'?"))
  }
}
