/// at-risk.json, schemaVersion 1.
let atRiskSchema = #"""
  {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:churn-risk:at-risk:1",
    "title": "at-risk.json",
    "description": "Every Azure subscription seen up to asOf and not closed for more than 365 days, once: in subscriptions (scored, riskiest first) or in excluded. Readers ignore unknown fields. Under learner 'rules' churnProbability is null and ruleScore (0 to 100) decides order and band; under grade C ruleScore does so too, beside the probability, and is null otherwise.",
    "type": "object",
    "required": ["schemaVersion", "asOf", "dataThrough", "lagDays", "horizonDays", "churnDefinition", "model", "bands", "attention", "summary", "subscriptions", "excluded"],
    "properties": {
      "schemaVersion": { "const": 1 },
      "asOf": { "$ref": "#/$defs/day", "description": "The landmark: nothing seen later is known." },
      "dataThrough": { "$ref": "#/$defs/day", "description": "The last day whose usage counts, of the source whose usage reaches furthest; usageThrough tells it for each row." },
      "lagDays": { "type": "integer", "minimum": 0 },
      "horizonDays": { "type": "integer", "minimum": 1 },
      "churnDefinition": {
        "type": "object",
        "required": ["events", "text"],
        "properties": {
          "events": { "type": "array", "minItems": 1, "items": { "enum": ["suspended", "deprovisioned", "dormant"] } },
          "text": { "type": "string" }
        }
      },
      "model": {
        "type": "object",
        "required": ["name", "learner", "trainedThrough", "sha256", "baseRate", "grade", "bias", "calibration"],
        "properties": {
          "name": { "type": "string" },
          "learner": { "enum": ["logistic", "boosting", "blend", "rules"] },
          "trainedThrough": { "$ref": "#/$defs/dayOrNull", "description": "The newest landmark trained on." },
          "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
          "baseRate": { "$ref": "#/$defs/probabilityOrNull", "description": "Mean label over the last 365 mature days." },
          "grade": { "enum": ["A", "B", "C", null] },
          "bias": { "type": "number" },
          "calibration": {
            "description": "Maps logOdds to churnProbability.",
            "type": ["object", "null"],
            "required": ["method"],
            "properties": { "method": { "enum": ["identity", "intercept", "platt", "beta", "isotonic"] } }
          }
        }
      },
      "bands": {
        "description": "From which probability a row is high and medium; null in a reseller's list.",
        "type": ["object", "null"],
        "required": ["high", "medium"],
        "properties": { "high": { "type": "number" }, "medium": { "type": "number" } }
      },
      \#(attentionSchema),
      "summary": {
        "type": "object",
        "required": ["scored", "high", "medium", "low", "excluded", "expectedChurn"],
        "properties": {
          "scored": { "type": "integer", "minimum": 0 },
          "high": { "type": "integer", "minimum": 0 },
          "medium": { "type": "integer", "minimum": 0 },
          "low": { "type": "integer", "minimum": 0 },
          "excluded": { "type": "integer", "minimum": 0 },
          "expectedChurn": { "type": ["number", "null"], "minimum": 0 },
          "changes": {
            "description": "How many rows have each change since the previous scores, and how many of those rows are lost now (churned). Null where nothing was compared; absent in files of earlier versions.",
            "type": ["object", "null"],
            "required": ["new", "worse", "same", "better", "recovered", "modelChanged", "churned"],
            "additionalProperties": { "type": "integer", "minimum": 0 }
          },
          "excludedByReason": {
            "description": "How many are excluded for each reason that occurs; they add up to excluded. Absent in files of earlier versions.",
            "type": "object",
            "propertyNames": { "$ref": "#/$defs/excludedReason" },
            "additionalProperties": { "type": "integer", "minimum": 1 }
          }
        }
      },
      "monitoring": {
        "description": "Drift against 13 and 52 weeks before and against the day of the training, and what became of past lists. Drift is measured by 'churn-risk run' alone; null where there is nothing to tell.",
        "type": ["object", "null"],
        "required": ["drift", "maturedLists"],
        "properties": { "drift": { "type": "array" }, "maturedLists": { "type": "array" } }
      },
      "subscriptions": { "type": "array", "items": { "$ref": "#/$defs/scored" } },
      "excluded": { "type": "array", "items": { "$ref": "#/$defs/excluded" } }
    },
    "$defs": {
      "day": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
      "dayOrNull": { "type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
      "textOrNull": { "type": ["string", "null"] },
      "probabilityOrNull": { "type": ["number", "null"], "minimum": 0, "maximum": 1 },
      "excludedReason": { "enum": ["alreadyChurned", "missing", "transferred", "migrated", "fraud", "internal", "test", "tooNew", "unknownStatus", "other"] },
      "family": { "enum": ["usageRecency", "usageTrend", "renewal", "trial", "licences", "customer", "partnerMarket"] },
      "reason": {
        "type": "object",
        "required": ["feature", "family", "value", "contribution", "text"],
        "properties": {
          "feature": { "type": "string" },
          "family": { "$ref": "#/$defs/family" },
          "value": { "type": ["number", "null"] },
          "contribution": { "type": "number", "description": "On the log-odds scale before calibration; points under rules." },
          "text": { "type": "string" },
          "message": {
            "description": "What the text says, for rendering in another language: a key of the catalog and its values, never localised. Null or absent in files of earlier versions.",
            "type": ["object", "null"],
            "required": ["key", "arguments"],
            "properties": {
              "key": { "type": "string" },
              "arguments": { "type": "object", "additionalProperties": { "type": ["number", "string"] } }
            }
          }
        }
      },
      "familyPart": {
        "type": "object",
        "required": ["family", "contribution", "probabilityWithout", "changeSincePrevious"],
        "properties": {
          "family": { "$ref": "#/$defs/family" },
          "contribution": { "type": "number", "description": "On the log-odds scale before calibration; points under rules." },
          "probabilityWithout": { "$ref": "#/$defs/probabilityOrNull", "description": "The calibrated probability of logOdds - contribution; null under rules." },
          "changeSincePrevious": { "type": ["number", "null"], "description": "The contribution less that of the previous scores; null without them, or when another model made them." }
        }
      },
      "deadlines": {
        "description": "What happens by itself from asOf on, by date; never part of the probability.",
        "type": "array",
        "items": {
          "type": "object",
          "required": ["kind", "date", "text"],
          "properties": {
            "kind": { "enum": ["trialEnds", "commitmentEnds", "reservationEnds", "unusedNotice", "unusedBlock", "unusedDelete", "deletionAfterCancel"] },
            "date": { "$ref": "#/$defs/day" },
            "text": { "type": "string" }
          }
        }
      },
      "identity": {
        "type": "object",
        "required": ["subscriptionId", "subscriptionName", "customerTenantId", "customerName", "customerMarket", "partnerId", "partnerName", "providerName", "productName", "status", "subscriptionStartDate", "lastUsageDate", "usageThrough", "autoRenewEnabled", "commitmentEndDate", "trialStatus", "trialEndDate", "trialToPaidConversionDate", "licenseCount", "owner", "value", "valueBasis", "currency", "valuePeriodDays", "microsoftChurnRisk"],
        "properties": {
          "subscriptionId": { "type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" },
          "subscriptionName": { "$ref": "#/$defs/textOrNull" },
          "customerTenantId": { "$ref": "#/$defs/textOrNull" },
          "customerName": { "$ref": "#/$defs/textOrNull" },
          "customerMarket": { "$ref": "#/$defs/textOrNull" },
          "partnerId": { "$ref": "#/$defs/textOrNull" },
          "partnerName": { "$ref": "#/$defs/textOrNull" },
          "providerName": { "$ref": "#/$defs/textOrNull" },
          "productName": { "$ref": "#/$defs/textOrNull" },
          "status": { "type": "string" },
          "subscriptionStartDate": { "$ref": "#/$defs/dayOrNull" },
          "lastUsageDate": { "$ref": "#/$defs/dayOrNull" },
          "usageThrough": { "$ref": "#/$defs/dayOrNull", "description": "The last day whose usage counts for the source of the subscription; days without usage are counted to it. null: no usage of that source is known." },
          "autoRenewEnabled": { "type": ["boolean", "null"] },
          "commitmentEndDate": { "$ref": "#/$defs/dayOrNull" },
          "trialStatus": { "enum": ["none", "running", "converted", "ended"] },
          "trialEndDate": { "$ref": "#/$defs/dayOrNull" },
          "trialToPaidConversionDate": { "$ref": "#/$defs/dayOrNull" },
          "licenseCount": { "type": ["integer", "null"] },
          "owner": {
            "type": ["object", "null"],
            "required": ["accountManager", "email"],
            "properties": { "accountManager": { "type": "string" }, "email": { "$ref": "#/$defs/textOrNull" } }
          },
          "value": { "type": ["number", "null"], "minimum": 0 },
          "valueBasis": { "enum": ["cost", "usage", "licences", null] },
          "currency": { "$ref": "#/$defs/textOrNull" },
          "valuePeriodDays": { "enum": [365, null] },
          "microsoftChurnRisk": { "$ref": "#/$defs/textOrNull" }
        }
      },
      "scored": {
        "description": "model.bias + sum of reasons + sum of mitigating + otherContributions = logOdds, to 1e-9.",
        "allOf": [{ "$ref": "#/$defs/identity" }],
        "required": ["rank", "expectedLoss", "churnProbability", "probabilityByHorizon", "vennAbers", "riskBand", "atRisk", "ruleScore", "logOdds", "reasons", "mitigating", "otherContributions", "families", "deadlines", "previous", "change", "firstFlagged", "weeksFlagged"],
        "properties": {
          "rank": { "type": "integer", "minimum": 1 },
          "expectedLoss": { "type": ["number", "null"], "minimum": 0 },
          "churnProbability": { "$ref": "#/$defs/probabilityOrNull" },
          "probabilityByHorizon": {
            "description": "The probability of churn within each number of days, horizonDays with churnProbability among them; never falls from one to the next. Null under rules.",
            "type": ["object", "null"],
            "patternProperties": { "^[0-9]+$": { "type": "number", "minimum": 0, "maximum": 1 } },
            "additionalProperties": false
          },
          "vennAbers": { "type": ["array", "null"], "items": { "type": "number", "minimum": 0, "maximum": 1 }, "minItems": 2, "maxItems": 2, "description": "A range of calibration that holds churnProbability; no confidence interval. Null where too few customers churned of late." },
          "riskBand": { "enum": ["high", "medium", "low"] },
          "atRisk": { "type": "boolean" },
          "ruleScore": { "type": ["number", "null"], "minimum": 0, "maximum": 100 },
          "logOdds": { "type": ["number", "null"] },
          "reasons": { "type": "array", "items": { "$ref": "#/$defs/reason" } },
          "mitigating": { "type": "array", "items": { "$ref": "#/$defs/reason" } },
          "otherContributions": { "type": "number" },
          "families": { "type": "array", "items": { "$ref": "#/$defs/familyPart" }, "description": "What the features of each family say together: model.bias + sum of contribution = logOdds, to 1e-9. A family that says nothing is left out, unless it did in the previous scores." },
          "deadlines": { "$ref": "#/$defs/deadlines" },
          "previous": {
            "type": ["object", "null"],
            "required": ["asOf", "churnProbability", "riskBand", "rank"],
            "properties": {
              "asOf": { "$ref": "#/$defs/day" },
              "churnProbability": { "$ref": "#/$defs/probabilityOrNull" },
              "riskBand": { "enum": ["high", "medium", "low"] },
              "rank": { "type": "integer", "minimum": 1 }
            }
          },
          "change": { "enum": ["new", "worse", "same", "better", "recovered", "modelChanged", null], "description": "new: it was not flagged in the previous scores, or not in them. recovered: it was, and its risk was below where rows leave their lists (a quarter of the medium band's odds, or 0.4 of its points) in two lists running, with no deadline near. worse, same, better: by a tenth of the odds, under the model of the previous scores; modelChanged where that model did not score this day. Null without previous scores. Rows that are lost now are in excluded, as churned." },
          "firstFlagged": { "$ref": "#/$defs/dayOrNull", "description": "The first list on record, back to back, on which it was flagged: at risk, or after that not yet below a quarter of the medium band's odds (0.4 of its points) in two lists running, or within 30 days of a deadline; the day of this one where no earlier list is known. Null when it is not flagged." },
          "weeksFlagged": { "type": "integer", "minimum": 0, "description": "Weeks begun since firstFlagged; 0 when it is not flagged." },
          "listing": {
            "description": "Whether the row is on its account manager's list, since when, and why or why not. A deadline within 30 days lists a row of any band; overCapacity is only where lists with a capacity were written.",
            "type": ["object", "null"],
            "required": ["listed", "since", "reason"],
            "properties": {
              "listed": { "type": "boolean" },
              "since": { "$ref": "#/$defs/dayOrNull" },
              "reason": { "enum": ["firstRun", "newRow", "twoWeeks", "clearRisk", "jump", "deadline", "stays", "lowRisk", "waiting", "contacted", "snoozed", "holdOut", "overCapacity"] }
            }
          },
          "contact": {
            "description": "The last contact with the customer about this subscription.",
            "type": ["object", "null"],
            "required": ["date", "accountManager", "outcome", "until"],
            "properties": {
              "date": { "$ref": "#/$defs/day" },
              "accountManager": { "$ref": "#/$defs/textOrNull" },
              "outcome": { "enum": ["called", "saved", "leaving", "falseAlarm", "snoozed"] },
              "until": { "$ref": "#/$defs/dayOrNull" }
            }
          }
        }
      },
      "excluded": {
        "allOf": [{ "$ref": "#/$defs/identity" }],
        "required": ["reason", "since"],
        "properties": {
          "reason": { "$ref": "#/$defs/excludedReason" },
          "since": { "$ref": "#/$defs/dayOrNull" },
          "deadlines": { "$ref": "#/$defs/deadlines" },
          "change": { "enum": ["churned", null], "description": "churned: it is lost, and was among the scored rows of the previous scores. Absent in files of earlier versions." }
        }
      }
    }
  }

  """#
