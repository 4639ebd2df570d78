import Foundation
import Reporting
import Testing

/// An independent JSON Schema validator: python3-jsonschema of Debian.
enum Schemas {
  /// Expects the file at `path` to match the schema that the program prints.
  static func expect(
    _ path: String, matches schema: FileSchema, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let folder = try TemporaryFolder()
    let printed = try Program(folder: folder.path).succeed(["schema", schema.rawValue])
    try folder.write("schema.json", printed.output)
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      errors = list(jsonschema.Draft202012Validator(schema).iter_errors(json.load(open(sys.argv[2]))))
      for error in errors[:5]: print(error.json_path, error.message[:200])
      sys.exit(1 if errors else 0)
      """
    let outcome = try Program.execute(
      "/usr/bin/python3", ["-c", script, folder.path("schema.json"), path], folder: folder.path)
    #expect(
      outcome.status == 0, "\(path): \(outcome.output)\(outcome.errors)",
      sourceLocation: sourceLocation)
  }
}
