/// The member that every file with `attention` describes alike, as it stands among its properties.
let attentionSchema = #"""
  "attention": {
        "type": "array",
        "items": {
          "type": "object",
          "required": ["code", "severity", "text"],
          "properties": {
            "code": { "type": "string" },
            "severity": { "enum": ["information", "warning"] },
            "text": { "type": "string" },
            "message": {
              "description": "What lists of other languages say.",
              "type": "object",
              "required": ["key", "arguments"],
              "properties": { "key": { "type": "string" }, "arguments": { "type": "object" } }
            }
          }
        }
      }
  """#
