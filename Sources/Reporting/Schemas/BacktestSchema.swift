/// backtest.json.
let backtestSchema = #"""
  {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:churn-risk:backtest:1",
    "title": "backtest.json",
    "description": "What each past list would have been, from what was known then, against what happened. Readers ignore unknown fields. A figure is { value, low, high }: null where it is not defined, low and high a 95 % interval clustered by customer. Pooled ranking figures compare rows within their own list alone; probability figures pool rows.",
    "type": "object",
    "required": ["schemaVersion", "recipe", "churnDefinition", "horizonDays", "from", "to", "everyDays", "knownThrough", "capacity", "value", "intervals", "attention", "origins", "skipped", "pooled", "leadTime", "alertFlips"],
    "properties": {
      "schemaVersion": { "const": 1 },
      "recipe": { "type": "object", "description": "The recipe with every default written out; see schema recipe." },
      "churnDefinition": {
        "type": "object",
        "required": ["events", "text"],
        "properties": {
          "events": { "type": "array", "minItems": 1, "items": { "enum": ["suspended", "deprovisioned", "dormant"] } },
          "text": { "type": "string" }
        }
      },
      "horizonDays": { "type": "integer", "minimum": 1 },
      "from": { "$ref": "#/$defs/day" },
      "to": { "$ref": "#/$defs/day" },
      "everyDays": { "type": "integer", "minimum": 1 },
      "knownThrough": { "$ref": "#/$defs/day", "description": "The newest observation: outcomes are known up to here." },
      "capacity": { "type": ["integer", "null"], "minimum": 1, "description": "Rows of each list that somebody acts on; null: a tenth of it." },
      "value": {
        "description": "What values are counted in; rows in another unit weigh nothing in valueRecallAtCapacity.",
        "type": ["object", "null"],
        "required": ["basis", "currency"],
        "properties": {
          "basis": { "enum": ["cost", "usage", "licences"] },
          "currency": { "type": ["string", "null"] }
        }
      },
      "intervals": {
        "type": "object",
        "required": ["level", "clusteredBy", "draws", "seed", "text"],
        "properties": {
          "level": { "const": 0.95 },
          "clusteredBy": { "const": "customer" },
          "draws": { "type": "integer", "minimum": 1 },
          "seed": { "type": "integer", "minimum": 0 },
          "text": { "type": "string" }
        }
      },
      \#(attentionSchema),
      "origins": {
        "type": "array",
        "minItems": 1,
        "items": {
          "$ref": "#/$defs/figures",
          "required": ["origin", "lagDays", "learner", "trainedGrade", "trainedThrough", "trainingRows", "trainingChurnedCustomers", "modelSha256", "listed", "unjudged"],
          "properties": {
            "origin": { "$ref": "#/$defs/day" },
            "lagDays": { "type": "integer", "minimum": 0 },
            "learner": { "enum": ["logistic", "boosting", "blend", "rules"] },
            "trainedGrade": { "$ref": "#/$defs/grade", "description": "The grade that the model of that day gave itself." },
            "trainedThrough": { "type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
            "trainingRows": { "type": "integer", "minimum": 0 },
            "trainingChurnedCustomers": { "type": "integer", "minimum": 0 },
            "modelSha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
            "listed": { "type": "integer", "minimum": 0, "description": "Rows of the list as it would have been." },
            "unjudged": { "type": "integer", "minimum": 0, "description": "Rows whose outcome was not seen, or that were excluded later as fraud, test or internal." }
          }
        }
      },
      "skipped": {
        "type": "array",
        "items": {
          "type": "object",
          "required": ["origin", "reason"],
          "properties": {
            "origin": { "$ref": "#/$defs/day" },
            "reason": { "type": "string" }
          }
        }
      },
      "pooled": { "$ref": "#/$defs/figures" },
      "leadTime": {
        "description": "Weeks from the first alert (a place within the capacity) to the dated event; of dormancy to the day on which the silence had lasted as long as the horizon.",
        "type": "object",
        "required": ["events", "alertedEvents", "weeks"],
        "properties": {
          "events": { "type": "integer", "minimum": 0 },
          "alertedEvents": { "type": "integer", "minimum": 0 },
          "weeks": {
            "type": ["object", "null"],
            "required": ["lowerQuartile", "median", "upperQuartile"],
            "properties": {
              "lowerQuartile": { "type": "number", "minimum": 0 },
              "median": { "type": "number", "minimum": 0 },
              "upperQuartile": { "type": "number", "minimum": 0 }
            }
          }
        }
      },
      "alertFlips": {
        "description": "Of the subscriptions on two lists in a row and alerted on one of them at least, the share whose alert came or went.",
        "type": "object",
        "required": ["rate", "pairs"],
        "properties": {
          "rate": { "type": ["number", "null"], "minimum": 0, "maximum": 1 },
          "pairs": { "type": "integer", "minimum": 0 }
        }
      }
    },
    "$defs": {
      "day": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
      "grade": { "enum": ["A", "B", "C", null] },
      "estimate": {
        "type": "object",
        "required": ["value", "low", "high"],
        "properties": {
          "value": { "type": ["number", "null"] },
          "low": { "type": ["number", "null"] },
          "high": { "type": ["number", "null"] }
        }
      },
      "judge": {
        "type": "object",
        "required": ["areaUnderROC", "averagePrecision", "liftAtTenPercent", "liftAtCapacity", "precisionAtCapacity", "recallAtCapacity", "valueRecallAtCapacity", "logLoss", "calibrationSlope", "calibrationIntercept", "observedExpectedRatio"],
        "additionalProperties": { "$ref": "#/$defs/estimate" }
      },
      "figures": {
        "type": "object",
        "required": ["rows", "churned", "customers", "probabilityRows", "grade", "model", "baselines", "logLossGain"],
        "properties": {
          "rows": { "type": "integer", "minimum": 0 },
          "churned": { "type": "integer", "minimum": 0 },
          "customers": { "type": "integer", "minimum": 0 },
          "probabilityRows": { "type": "integer", "minimum": 0, "description": "Rows of lists with probabilities; the others were ordered by the rule score." },
          "grade": { "$ref": "#/$defs/grade" },
          "model": { "$ref": "#/$defs/judge" },
          "baselines": {
            "type": "object",
            "required": ["baseRate", "daysSinceLastUsage"],
            "additionalProperties": { "$ref": "#/$defs/judge" }
          },
          "logLossGain": {
            "description": "Log-loss of the baseline minus the model's: above 0 the model is better.",
            "type": "object",
            "required": ["overBaseRate", "overDaysSinceLastUsage"],
            "additionalProperties": { "$ref": "#/$defs/estimate" }
          }
        }
      }
    }
  }

  """#
