package import Files

/// Why a simulation did not start or did not finish; nothing half-written is left behind.
package enum SimulationError: Error, Sendable, CustomStringConvertible {
  /// A parameter is out of its range (wrong usage, exit 64).
  case parameter(name: String, value: String, expected: String)
  /// The output folder holds something else (exit 73).
  case folderInUse(path: String, reason: String)
  /// The output folder cannot be created or written (exit 73).
  case unwritable(path: String, reason: String)
  /// A file could not be written (exit 73).
  case file(FileError)

  package var description: String {
    switch self {
    case .parameter(let name, let value, let expected):
      "simulation parameter '\(name)' is \(value); expected \(expected). Choose a value in range."
    case .folderInUse(let path, let reason):
      "\(path): \(reason); expected no folder, an empty one, or one that simulate made with the"
        + " same parameters. Choose another folder."
    case .unwritable(let path, let reason):
      "\(path): \(reason); expected a folder that can be written. Check the path and its permissions."
    case .file(let error):
      error.description
    }
  }
}
