import Files

/// A workload in a file.
struct WorkloadFile: Hashable {
  var workload: Workload
  var format: WorkloadFormat
  var isGzipped = false
  /// The folder it stands in.
  var folder: String

  var path: String {
    "\(folder)/\(workload.name).\(format.rawValue)\(isGzipped ? ".gz" : "")"
  }

  /// For people: `CSV, gzipped`.
  var title: String { format.title + (isGzipped ? ", gzipped" : "") }

  /// Writes the file whole, in place of one that is there.
  ///
  /// - Throws: `FileError` of kind `unwritable`.
  func write() throws {
    let rows = WorkloadRows(workload, format: format)
    try makeFolder(folder)
    try writeFile(path, gzip: isGzipped) { file in
      var block = rows.header
      try workload.forEachLine { subscription, day, slot in
        rows.append(subscription: subscription, day: day, slot: slot, to: &block)
        guard block.count >= 1 << 18 else { return }
        try file.write(block)
        block.removeAll(keepingCapacity: true)
      }
      try file.write(block)
    }
  }
}
