/// summary.json of an export folder.
let summarySchema = #"""
  {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:churn-risk:summary:1",
    "title": "summary.json",
    "description": "One line for each list of an export: rows by band, and how many are expected to be lost, of all rows of the list; the line of kind all counts every scored row, listed or not. expectedChurn is null under rules.",
    "type": "object",
    "required": ["schemaVersion", "asOf", "horizonDays", "by", "attention", "lists"],
    "properties": {
      "schemaVersion": { "const": 1 },
      "asOf": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
      "horizonDays": { "type": "integer", "minimum": 1 },
      "by": { "enum": ["accountManager", "partnerId", "customerMarket"] },
      \#(attentionSchema),
      "profit": {
        "description": "Only with --rates: what contacting the first rows is expected to earn. rows 0: no row has a cost in a currency of the rates; attention says so, and profit.csv has no line.",
        "type": "object",
        "required": ["currency", "rates", "contactCost", "offerCost", "acceptance", "rows", "rowsWithoutAmount", "bestContacts", "expectedMaximum", "curve"],
        "properties": {
          "currency": { "type": "string" },
          "rates": { "type": "string", "description": "The file of the rates." },
          "contactCost": { "type": "number", "minimum": 0 },
          "offerCost": { "type": "number", "minimum": 0 },
          "acceptance": { "type": "object", "required": ["alpha", "beta"] },
          "rows": { "type": "integer", "minimum": 0 },
          "rowsWithoutAmount": { "type": "integer", "minimum": 0 },
          "bestContacts": { "type": "integer", "minimum": 0 },
          "expectedMaximum": { "type": "number", "minimum": 0, "description": "The best number of contacts for each share of customers who accept, weighted by how likely the share is; so at least the highest of the curve, which has one number for all shares." },
          "curve": {
            "type": "array",
            "items": {
              "type": "object",
              "required": ["contacts", "expectedProfit"],
              "properties": {
                "contacts": { "type": "integer", "minimum": 1 },
                "expectedProfit": { "type": "number" }
              }
            }
          }
        }
      },
      "lists": {
        "type": "array",
        "items": {
          "type": "object",
          "required": ["kind", "key", "rows", "high", "medium", "expectedChurn"],
          "properties": {
            "kind": { "enum": ["all", "list", "unassigned"] },
            "key": { "type": ["string", "null"] },
            "partnerName": { "type": ["string", "null"], "description": "Of the reseller, where the lists are resellers'." },
            "rows": { "type": "integer", "minimum": 0 },
            "listed": { "type": "integer", "minimum": 0, "description": "Of the rows, those that stand on a list of kind list or unassigned. Absent in files of earlier versions." },
            "high": { "type": "integer", "minimum": 0 },
            "medium": { "type": "integer", "minimum": 0 },
            "expectedChurn": { "type": ["number", "null"], "minimum": 0 }
          }
        }
      }
    }
  }

  """#
