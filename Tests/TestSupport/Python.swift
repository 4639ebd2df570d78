internal import Files
internal import Glibc

/// Debian's Python as an independent reader: its `csv` module, and `jsonschema` where installed.
///
/// Tests that need it are skipped with a reason where it is missing; CI installs it.
package enum Python {
  /// The interpreter.
  package static let path = "/usr/bin/python3"

  /// Whether python3-jsonschema with draft 2020-12 is there.
  package static let hasJSONSchema =
    run("from jsonschema import Draft202012Validator", []).status == 0
  /// Whether there is a Python.
  package static let exists = run("", []).status == 0
  /// Why tests that need it are skipped.
  package static let reason = "needs the Debian packages python3 and python3-jsonschema"

  /// Runs a script with arguments; nothing in them may need quoting.
  ///
  /// - Returns: the exit status and what it printed, errors included.
  package static func run(_ script: String, _ arguments: [String]) -> (
    status: Int32, output: String
  ) {
    let folder = TemporaryFolder()
    let file = folder["script.py"]
    do { try writeFile(file) { try $0.write(script) } } catch { return (-1, "\(error)") }
    let command = ([path, file] + arguments).joined(separator: " ") + " 2>&1"
    // SAFETY: the stream is closed exactly once, and the buffer is as long as fread is told.
    guard let stream = unsafe popen(command, "r") else { return (-1, "no process") }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe fread($0.baseAddress, 1, $0.count, stream)
      }
      guard count > 0 else { break }
      output += buffer[..<count]
    }
    let status = unsafe pclose(stream)
    return (status, String(decoding: output, as: UTF8.self))
  }

  /// Judges JSON texts by a JSON Schema.
  ///
  /// - Returns: for each text the first complaint, or nil when it is valid.
  package static func complaints(about texts: [String], schema: String) throws -> [String?] {
    let folder = TemporaryFolder()
    try writeFile(folder["schema.json"]) { try $0.write(schema) }
    for (index, text) in texts.enumerated() {
      try writeFile(folder["\(index).json"]) { try $0.write(text) }
    }
    let script = """
      import json, sys
      from jsonschema import Draft202012Validator
      folder, count = sys.argv[1], int(sys.argv[2])
      schema = json.load(open(folder + "/schema.json", encoding="utf-8"))
      Draft202012Validator.check_schema(schema)
      validator = Draft202012Validator(schema)
      for index in range(count):
          instance = json.load(open(f"{folder}/{index}.json", encoding="utf-8"))
          error = next(validator.iter_errors(instance), None)
          print("valid" if error is None else f"{error.json_path}: {error.message[:300]!r}")
      """
    let (status, output) = run(script, [folder.path, String(texts.count)])
    let lines = output.split(separator: "\n").map(String.init)
    guard status == 0, lines.count == texts.count else {
      throw FileError(kind: .unusable, path: folder.path, what: "python failed: \(output)")
    }
    return lines.map { $0 == "valid" ? nil : $0 }
  }
}
