/// The configuration of the weekly run.
let configSchema = #"""
  {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:churn-risk:config:1",
    "title": "Configuration of churn-risk run",
    "description": "Every key is optional. Paths are relative to the file's own folder. Keys that begin with // are remarks.",
    "type": "object",
    "additionalProperties": false,
    "patternProperties": { "^//": {} },
    "properties": {
      "schemaVersion": { "const": 1 },
      "imports": { "type": ["array", "null"], "minItems": 1, "items": { "type": "string", "minLength": 1 }, "default": ["exports"] },
      "owners": { "type": ["string", "null"], "minLength": 1 },
      "contacts": { "type": ["string", "null"], "minLength": 1 },
      "store": { "type": ["string", "null"], "minLength": 1, "default": "churn-risk.sqlite" },
      "runs": { "type": ["string", "null"], "minLength": 1, "default": "runs" },
      "recipe": { "type": ["string", "null"], "minLength": 1 },
      "learner": { "enum": ["auto", "logistic", "boosting", null] },
      "horizonDays": { "type": ["integer", "null"], "minimum": 1, "maximum": 730 },
      "lagDays": { "type": ["integer", "null"], "minimum": 0, "maximum": 60 },
      "retrainEveryWeeks": { "type": ["integer", "null"], "minimum": 1, "maximum": 104, "default": 4 },
      "formats": { "type": ["array", "null"], "minItems": 1, "items": { "enum": ["csv", "json", "xlsx", "html"] }, "default": ["csv", "xlsx", "html"] },
      "by": { "enum": ["accountManager", "partnerId", "customerMarket", null], "default": "accountManager" },
      "order": { "enum": ["probability", "expectedLoss", null], "default": "probability" },
      "capacity": { "type": ["integer", "null"], "minimum": 1, "maximum": 1000000 },
      "holdOut": {
        "type": ["object", "null"],
        "required": ["share", "greatestValue"],
        "properties": {
          "share": { "type": "number", "exclusiveMinimum": 0, "maximum": 0.5 },
          "greatestValue": { "type": "number", "minimum": 0 },
          "currency": { "type": ["string", "null"], "minLength": 1, "description": "Of greatestValue; null for that of the rates, or the only one there is." }
        }
      },
      "rates": { "type": ["string", "null"], "minLength": 1 },
      "contactCost": { "type": ["number", "null"], "minimum": 0, "default": 1 },
      "offerCost": { "type": ["number", "null"], "minimum": 0, "default": 10 },
      "language": { "enum": ["en", "fr", "ja", "zh-Hant", null], "default": "en" },
      "redact": { "type": ["array", "null"], "items": { "enum": ["revenue", "names"] } },
      "keepRuns": { "type": ["integer", "null"], "minimum": 2, "maximum": 10000, "default": 60 },
      "fileMode": { "type": ["string", "null"], "pattern": "^0?[0-7]{3}$", "default": "0600" }
    }
  }

  """#
