/// summary.json of an export folder.
let summarySchema = #"""
  {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:churn-risk:summary:1",
    "title": "summary.json",
    "description": "One line for each list of an export: rows by band, and how many are expected to be lost. expectedChurn is null under rules.",
    "type": "object",
    "required": ["schemaVersion", "asOf", "horizonDays", "by", "attention", "lists"],
    "properties": {
      "schemaVersion": { "const": 1 },
      "asOf": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
      "horizonDays": { "type": "integer", "minimum": 1 },
      "by": { "enum": ["accountManager", "partnerId", "customerMarket"] },
      \#(attentionSchema),
      "lists": {
        "type": "array",
        "items": {
          "type": "object",
          "required": ["kind", "key", "rows", "high", "medium", "expectedChurn"],
          "properties": {
            "kind": { "enum": ["all", "list", "unassigned"] },
            "key": { "type": ["string", "null"] },
            "rows": { "type": "integer", "minimum": 0 },
            "high": { "type": "integer", "minimum": 0 },
            "medium": { "type": "integer", "minimum": 0 },
            "expectedChurn": { "type": ["number", "null"], "minimum": 0 }
          }
        }
      }
    }
  }

  """#
