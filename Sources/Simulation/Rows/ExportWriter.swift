internal import Files
internal import History

/// Writes one partner tenant's weekly exports and counts what it wrote.
struct ExportWriter {
  private(set) var subscriptionRows = 0
  private(set) var usageLines = 0
  private var rows: SubscriptionRows
  private var usageRows: UsageRows

  init(_ simulation: TenantSimulation) {
    rows = SubscriptionRows(parameters: simulation.parameters, tenant: simulation.tenant)
    usageRows = UsageRows(
      tenantId: simulation.parameters.sources > 1 ? simulation.tenant.tenantId : nil,
      customers: simulation.customers)
  }

  mutating func write(
    _ simulation: inout TenantSimulation, week: Int, to folder: SimulationFolder
  ) throws {
    let day = simulation.calendar.exportDay(week)
    let lines = simulation.takeLines(ofExport: week)
    try writeFile(folder.staged("\(day)/usage.jsonl.gz"), gzip: true) { file in
      for line in lines {
        usageRows.write(line, of: simulation.customers[Int(line.customer)], on: day)
        try file.write(usageRows.row.bytes)
      }
    }
    usageLines += lines.count
    try writeFile(folder.staged("\(day)/subscriptions.json")) { file in
      try file.write("{\"Value\":[")
      let count = try writeRows(simulation, on: day, to: &file)
      try file.write("\n],\"@nextLink\":null,\"TotalCount\":\(count)}\n")
      subscriptionRows += count
    }
  }

  private mutating func writeRows(
    _ simulation: TenantSimulation, on day: CalendarDay, to file: inout OutputFile
  ) throws -> Int {
    var count = 0
    for customer in simulation.customers {
      for course in customer.subscriptions where rows.write(course, of: customer, on: day) {
        try file.write(count == 0 ? "\n" : ",\n")
        try file.write(rows.row.bytes)
        count += 1
      }
      for office in customer.profile.office where rows.write(office, of: customer, on: day) {
        try file.write(count == 0 ? "\n" : ",\n")
        try file.write(rows.row.bytes)
        count += 1
      }
    }
    return count
  }
}
