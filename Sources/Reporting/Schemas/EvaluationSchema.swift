/// evaluation.json of a model.
let evaluationSchema = #"""
  {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:churn-risk:evaluation:1",
    "title": "evaluation.json",
    "description": "Every candidate on every split with the baselines beside it. Under learner 'rules' the parts are null where rows were too few to fit anything; where nothing fitted was better than the base rate they show what was tried. A lambda of null is infinity: the base rate.",
    "type": "object",
    "required": ["schemaVersion", "modelSha256", "recipe", "learner", "asOf", "horizonDays", "lagDays", "rows", "churnedRows", "churnedCustomers", "baseRate", "grade", "attention", "scheme", "splits", "learners", "candidates", "boosting", "baselines", "fit", "calibrationRange", "horizons", "unconvergedFits", "keepsDuplicates", "calibration", "metrics"],
    "properties": {
      "schemaVersion": { "const": 1 },
      "modelSha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
      "recipe": { "type": "string" },
      "learner": { "enum": ["logistic", "boosting", "blend", "rules"] },
      "asOf": { "$ref": "#/$defs/day" },
      "horizonDays": { "type": "integer", "minimum": 1 },
      "lagDays": { "type": "integer", "minimum": 0 },
      "rows": { "type": "integer", "minimum": 0 },
      "churnedRows": { "type": "integer", "minimum": 0 },
      "churnedCustomers": { "type": "integer", "minimum": 0 },
      "baseRate": { "type": ["number", "null"], "minimum": 0, "maximum": 1 },
      "grade": { "enum": ["A", "B", "C", null] },
      \#(attentionSchema),
      "scheme": { "enum": ["forward", "foldsAcrossTimes", "groupedFolds", "resubstitution", null] },
      "splits": {
        "type": ["array", "null"],
        "items": {
          "type": "object",
          "required": ["origin", "analysisRows", "analysisChurnedCustomers", "assessmentRows", "assessmentChurnedCustomers"],
          "properties": {
            "origin": { "type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
            "analysisRows": { "type": "integer", "minimum": 0 },
            "analysisChurnedCustomers": { "type": "integer", "minimum": 0 },
            "assessmentRows": { "type": "integer", "minimum": 0 },
            "assessmentChurnedCustomers": { "type": "integer", "minimum": 0 }
          }
        }
      },
      "learners": {
        "description": "How each learner did on the splits, before calibration; excess is over the best.",
        "type": ["array", "null"],
        "items": {
          "type": "object",
          "required": ["learner", "logLoss", "excess", "excessStandardError", "isChosen"],
          "properties": {
            "learner": { "enum": ["logistic", "boosting", "blend"] },
            "logLoss": { "type": ["number", "null"], "minimum": 0 },
            "excess": { "type": ["number", "null"] },
            "excessStandardError": { "type": ["number", "null"] },
            "isChosen": { "type": "boolean" }
          }
        }
      },
      "boosting": {
        "description": "The presets of boosting that were tried; null where it was no candidate. Rounds of null: each fold stopped for itself. bestRounds had the least loss, bestLogLoss; rounds are the fewest within one standard error of it.",
        "type": ["array", "null"],
        "items": {
          "type": "object",
          "required": ["preset", "rounds", "bestRounds", "bestLogLoss", "logLoss", "splitLogLoss", "isChosen"],
          "properties": {
            "preset": { "enum": ["C", "S", "M", "X"] },
            "rounds": { "type": ["integer", "null"], "minimum": 0 },
            "bestRounds": { "type": ["integer", "null"], "minimum": 0 },
            "bestLogLoss": { "type": ["number", "null"], "minimum": 0 },
            "logLoss": { "type": ["number", "null"], "minimum": 0 },
            "splitLogLoss": { "type": "array", "items": { "type": ["number", "null"] } },
            "isChosen": { "type": "boolean" }
          }
        }
      },
      "candidates": { "type": ["array", "null"], "items": { "$ref": "#/$defs/candidate" } },
      "baselines": { "type": ["array", "null"], "items": { "$ref": "#/$defs/candidate" } },
      "fit": {
        "description": "The final linear fit, on all rows; null without a linear part. ridgeAdded is the largest ridge that the curvature needed to be factored, 0 for none.",
        "oneOf": [{ "type": "null" }, { "$ref": "#/$defs/fit" }]
      },
      "calibrationRange": {
        "description": "What vennAbers rests on: one row of each customer of the newest landmarks, and of ten bins by score those whose share of churn lies within the bin's mean range, each half of the customers judged by the other; null where there is none.",
        "type": ["object", "null"],
        "required": ["rows", "churnedCustomers", "bins", "coveredBins"],
        "properties": {
          "rows": { "type": "integer", "minimum": 1 },
          "churnedCustomers": { "type": "integer", "minimum": 100 },
          "bins": { "const": 10 },
          "coveredBins": { "type": "integer", "minimum": 0, "maximum": 10 }
        }
      },
      "horizons": {
        "description": "The horizons in probabilityByHorizon, the model's own among them, on the rows of the splits that were followed that far; null where the model tells of its own alone. evenLogLoss is of the same probabilities spread evenly over the days.",
        "type": ["object", "null"],
        "required": ["fit", "judged"],
        "properties": {
          "fit": { "$ref": "#/$defs/fit", "description": "The final fit of the hazard." },
          "judged": {
            "type": "array",
            "items": {
              "type": "object",
              "required": ["days", "rows", "churnedCustomers", "logLoss", "baseRateLogLoss", "evenLogLoss", "metrics"],
              "properties": {
                "days": { "type": "integer", "minimum": 1 },
                "rows": { "type": "integer", "minimum": 0 },
                "churnedCustomers": { "type": "integer", "minimum": 0 },
                "logLoss": { "type": ["number", "null"], "minimum": 0 },
                "baseRateLogLoss": { "type": ["number", "null"], "minimum": 0 },
                "evenLogLoss": { "type": ["number", "null"], "minimum": 0 },
                "metrics": { "type": "object", "additionalProperties": { "type": ["number", "null"] } }
              }
            }
          }
        }
      },
      "unconvergedFits": {
        "description": "Of the fits that chose the penalty, those that stopped before their tolerance.",
        "type": ["integer", "null"],
        "minimum": 0
      },
      "keepsDuplicates": {
        "description": "Whether exact duplicates lie in one fold; null where rows were not dealt into folds.",
        "type": ["boolean", "null"]
      },
      "calibration": {
        "type": ["object", "null"],
        "required": ["chosen", "churnedCustomers", "comparedRows", "identityLogLoss", "rungs"],
        "properties": {
          "chosen": {
            "type": "object",
            "required": ["method"],
            "properties": { "method": { "$ref": "#/$defs/method" } }
          },
          "churnedCustomers": { "type": "integer", "minimum": 0 },
          "comparedRows": { "type": "integer", "minimum": 0 },
          "identityLogLoss": { "type": ["number", "null"], "minimum": 0 },
          "rungs": {
            "type": "array",
            "items": {
              "type": "object",
              "required": ["method", "logLoss", "difference", "standardError", "splitStandardError", "isAdopted"],
              "properties": {
                "method": { "$ref": "#/$defs/method" },
                "logLoss": { "type": ["number", "null"], "minimum": 0 },
                "difference": { "type": ["number", "null"] },
                "standardError": { "type": ["number", "null"], "minimum": 0 },
                "splitStandardError": { "type": ["number", "null"], "minimum": 0, "description": "Of the difference, each later period counting once; null where no later ones judge, or one alone does." },
                "isAdopted": { "type": "boolean" }
              }
            }
          }
        }
      },
      "metrics": {
        "description": "Of the calibrated out-of-sample predictions; null where a metric is undefined.",
        "type": ["object", "null"],
        "additionalProperties": { "type": ["number", "null"] }
      },
      "reliability": {
        "description": "The same predictions in ten bins of equal counts by probability, empty ones left out: mean prediction beside churned rows, with a 95 % interval of the observed rate by Wilson's score, as if rows were independent. Not in files of earlier versions.",
        "type": ["array", "null"],
        "items": {
          "type": "object",
          "required": ["rows", "churnedRows", "meanProbability", "low", "high"],
          "properties": {
            "rows": { "type": "integer", "minimum": 1 },
            "churnedRows": { "type": "integer", "minimum": 0 },
            "meanProbability": { "type": "number", "minimum": 0, "maximum": 1 },
            "low": { "type": "number", "minimum": 0, "maximum": 1 },
            "high": { "type": "number", "minimum": 0, "maximum": 1 }
          }
        }
      },
      "gains": {
        "description": "Which share of the churned rows stands among the riskiest share of all rows, all days together; ties share their places. Empty without a churned row. Not in files of earlier versions.",
        "type": ["array", "null"],
        "items": {
          "type": "object",
          "required": ["share", "gain"],
          "properties": {
            "share": { "type": "number", "minimum": 0, "maximum": 1 },
            "gain": { "type": "number", "minimum": 0, "maximum": 1.0000001 }
          }
        }
      }
    },
    "$defs": {
      "day": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
      "fit": {
        "type": "object",
        "required": ["iterations", "converged", "gradientNorm", "ridgeAdded"],
        "properties": {
          "iterations": { "type": "integer", "minimum": 0 },
          "converged": { "type": "boolean" },
          "gradientNorm": { "type": ["number", "null"], "minimum": 0 },
          "ridgeAdded": { "type": ["number", "null"], "minimum": 0 }
        }
      },
      "method": { "enum": ["identity", "intercept", "platt", "beta", "isotonic"] },
      "candidate": {
        "type": "object",
        "required": ["learner", "lambda", "logLoss", "excess", "excessStandardError", "splitLogLoss", "isChosen"],
        "properties": {
          "learner": { "type": "string" },
          "lambda": { "type": ["number", "null"], "minimum": 0 },
          "mixing": { "type": "number", "minimum": 0, "maximum": 1, "description": "Share of the penalty that counts absolute coefficients: 0 is ridge." },
          "logLoss": { "type": ["number", "null"], "minimum": 0 },
          "excess": { "type": ["number", "null"] },
          "excessStandardError": { "type": ["number", "null"] },
          "splitLogLoss": { "type": "array", "items": { "type": ["number", "null"] } },
          "isChosen": { "type": "boolean" }
        }
      }
    }
  }

  """#
