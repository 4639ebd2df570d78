/// manifest.json of an export folder.
let manifestSchema = #"""
  {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:churn-risk:manifest:1",
    "title": "manifest.json",
    "description": "The files of one export, with the person each is for.",
    "type": "object",
    "required": ["schemaVersion", "asOf", "horizonDays", "modelSha256", "by", "attention", "files"],
    "properties": {
      "schemaVersion": { "const": 1 },
      "asOf": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
      "horizonDays": { "type": "integer", "minimum": 1 },
      "modelSha256": { "type": "string" },
      "by": { "enum": ["accountManager", "partnerId", "customerMarket"] },
      \#(attentionSchema),
      "run": {
        "description": "Only in the folders of 'churn-risk run'.",
        "type": "object",
        "required": ["status", "asOf", "events", "previous", "trainedBecause", "managersWithoutRows", "snoozesOfThoseWhoLeft"],
        "properties": {
          "status": { "enum": ["complete", "incomplete"] },
          "asOf": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
          "events": { "type": "array", "items": { "type": "string" } },
          "previous": { "type": ["string", "null"], "description": "The run that was compared with." },
          "trainedBecause": { "type": ["string", "null"] },
          "managersWithoutRows": { "type": "array", "items": { "type": "string" } },
          "snoozesOfThoseWhoLeft": { "type": "integer", "minimum": 0 }
        }
      },
      "files": {
        "type": "array",
        "items": {
          "type": "object",
          "required": ["file", "kind", "reader", "key", "accountManager", "email", "rows", "sha256"],
          "properties": {
            "file": { "type": "string" },
            "kind": { "enum": ["all", "list", "unassigned", "summary", "reasons", "withoutUsage", "lost", "profit"] },
            "reader": {
              "enum": ["recipient", "partner"],
              "description": "partner: it holds the rows of all, and goes to nobody outside."
            },
            "key": { "type": ["string", "null"] },
            "accountManager": { "type": ["string", "null"] },
            "partnerName": { "type": ["string", "null"], "description": "Of the reseller, where the lists are resellers'." },
            "email": { "type": ["string", "null"] },
            "rows": { "type": "integer", "minimum": 0 },
            "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" }
          }
        }
      }
    }
  }

  """#
