import RiskModel

extension TrainingRecipe {
  /// The recipe of a file, or the default one, with what was chosen beside it.
  ///
  /// - Throws: what reading the file throws.
  static func chosen(
    file: String?, horizonDays: Int?, learner: LearnerChoice?
  ) throws -> TrainingRecipe {
    var recipe = try file.map { try TrainingRecipe(file: $0) } ?? TrainingRecipe()
    if let horizonDays, horizonDays != recipe.horizonDays {
      // The grace follows the horizon unless the recipe sets it.
      recipe.horizonDays = horizonDays
      recipe.name = "\(recipe.name) at \(horizonDays) days"
    }
    if let learner { recipe.learner = learner.learner }
    return recipe
  }
}
