import RiskModel

extension TrainingRecipe {
  /// The recipe of a name or a file, or the default one, with what was chosen beside it.
  ///
  /// - Throws: what reading the file throws.
  static func chosen(
    _ nameOrFile: String?, horizonDays: Int? = nil, learner: LearnerChoice? = nil
  ) throws -> TrainingRecipe {
    var recipe = try nameOrFile.map { try TrainingRecipe(nameOrFile: $0) } ?? TrainingRecipe()
    if let horizonDays, horizonDays != recipe.horizonDays {
      // The grace follows the horizon unless the recipe sets it.
      recipe.horizonDays = horizonDays
      recipe.name = "\(recipe.name) at \(horizonDays) days"
    }
    if let learner { recipe.learner = learner.learner }
    return recipe
  }
}

/// What `--recipe` takes, in every command that has it.
let recipeHelp =
  BuiltInRecipe.all.map(\.name).joined(separator: ", ")
  + ", or a file of your own; 'schema recipe' has the keys."

extension FileUse {
  /// The recipe will be read, where it is a file.
  mutating func reads(recipe: String?) {
    if let recipe, BuiltInRecipe.named(recipe) == nil { reads(recipe, by: "--recipe") }
  }
}
