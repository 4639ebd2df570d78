internal import Features
internal import RiskModel

/// The names of the features as the values of an enum.
private let names = FeatureCatalog.descriptions.map { "\"\($0.name)\"" }.joined(separator: ", ")

/// The recipes that come with the program.
private let examples = BuiltInRecipe.all.map { recipe in
  recipe.text.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
}.joined(separator: ",\n")

/// A training recipe.
let recipeSchema = #"""
  {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:churn-risk:recipe:1",
    "title": "Training recipe",
    "description": "What to train. Every key is optional; the defaults are those of cancellation-91d. The examples come with the program: --recipe takes their names, too.",
    "examples": [
  \#(examples)
    ],
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "schemaVersion": { "const": 1 },
      "name": { "type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f]*$", "default": "cancellation-91d" },
      "comment": { "type": "string", "description": "When to use the recipe." },
      "events": {
        "description": "Recorded events that are churn; dormant stands alone.",
        "type": "array", "minItems": 1, "uniqueItems": true,
        "anyOf": [
          { "items": { "enum": ["suspended", "deprovisioned"] } },
          { "items": { "const": "dormant" } }
        ],
        "default": ["deprovisioned", "suspended"]
      },
      "horizonDays": { "type": "integer", "minimum": 1, "maximum": 730, "default": 91 },
      "furtherHorizonsDays": { "type": ["array", "null"], "maxItems": 12, "uniqueItems": true, "items": { "type": "integer", "minimum": 1, "maximum": 730 }, "description": "Other horizons that the probability is told for; default: 28, 56, 91 and 182. Told are those, no shorter than the exports' spacing, that at least 500 rows and 30 churned customers were followed for. None of dormancy." },
      "reactivationGraceDays": { "type": ["integer", "null"], "minimum": 0, "maximum": 90, "description": "Default: 30 for horizons of 56 days and more, else 0." },
      "activeWithinDays": { "type": "integer", "minimum": 1, "maximum": 365, "default": 28, "description": "Dormancy only: a row needs usage within this many days before the landmark." },
      "trialNeverPaidIsChurn": { "type": "boolean", "default": false },
      "minimumTenureDays": { "type": "integer", "minimum": 0, "maximum": 365, "default": 0 },
      "lagDays": { "type": ["integer", "null"], "minimum": 0, "maximum": 60, "description": "Default: measured from dated usage imports, else 2." },
      "landmarkEveryDays": { "type": "integer", "minimum": 1, "maximum": 182, "default": 28 },
      "features": { "type": ["array", "null"], "minItems": 1, "uniqueItems": true, "items": { "$ref": "#/$defs/feature" }, "description": "The features to use; default: all." },
      "withoutFeatures": { "type": ["array", "null"], "uniqueItems": true, "items": { "$ref": "#/$defs/feature" }, "default": [], "description": "Features to leave out; none of them may be in features." },
      "capacity": { "type": ["integer", "null"], "minimum": 1, "maximum": 1000000, "description": "How many rows of each list somebody acts on; default: a tenth of the list." },
      "learner": { "enum": ["auto", "logistic", "boosting"], "default": "auto" },
      "highOddsRatio": { "type": "number", "exclusiveMinimum": 1, "maximum": 1000, "default": 4, "description": "Must lie above mediumOddsRatio." },
      "mediumOddsRatio": { "type": "number", "exclusiveMinimum": 1, "maximum": 1000, "default": 2 },
      "seed": { "type": "integer", "minimum": 0, "maximum": 2147483647, "default": 1 }
    },
    "if": { "required": ["events"], "properties": { "events": { "contains": { "const": "dormant" } } } },
    "then": { "properties": { "trialNeverPaidIsChurn": { "const": false }, "reactivationGraceDays": { "enum": [0, null] }, "furtherHorizonsDays": { "enum": [[], null] } } },
    "$defs": {
      "feature": { "enum": [\#(names)] }
    }
  }

  """#
