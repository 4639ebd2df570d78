import Files
import History
import RiskModel

/// What was erased, for people and for programs.
struct ForgetText {
  private let report: ForgetReport
  private let customer: String?
  private let before: CalendarDay?

  init(_ report: ForgetReport, customer: String?, before: CalendarDay?) {
    self.report = report
    self.customer = customer
    self.before = before
  }

  var text: String {
    if report.wasForgotten {
      return report.isRehearsal
        ? "The customer was erased before; nothing is left to count.\n"
        : "The customer was erased before; cleaned up once more.\n"
    }
    let counts = [
      counted(report.subscriptions, "subscription"), counted(report.observations, "observation"),
      counted(report.usageLines, "usage line"),
      counted(report.otherRows, "row") + " of other tables",
      counted(report.imports, "import"),
    ]
    return "\(report.isRehearsal ? "Would erase" : "Erased") \(counts.joined(separator: ", ")).\n"
      + (report.isRehearsal ? "Nothing was changed: this was a dry run.\n" : "")
      + "Out of reach:\n" + unreachable.map { "  \($0)\n" }.joined()
  }

  /// What holds the same data and is not part of the history.
  private var unreachable: [String] {
    var places = [
      "the exports: delete them, or cut the rows out of them; an import ignores what was erased",
      "scores, lists and reports that were written before",
      "backups of the history and deleted blocks of the disk",
    ]
    if let copy = report.olderCopy {
      places.append("\(copy), the copy that an update of the history left: delete it")
    }
    if !report.importsNamingCustomer.isEmpty {
      let ids = report.importsNamingCustomer.map(String.init).joined(separator: ", ")
      places.append("names of imported files that name the customer: imports \(ids)")
    }
    return places
  }

  /// What a person should do about it.
  var attention: [Attention] {
    var attention: [Attention] = []
    if report.isLogInUse {
      attention.append(
        Attention(
          "logInUse",
          "Another process has the history open: its log (-wal) may still hold what was erased. "
            + "Repeat the command when that process has ended."))
    }
    if let copy = report.olderCopy {
      attention.append(
        Attention("olderCopy", "\(copy) may still hold what was erased. Delete it."))
    }
    if !report.importsNamingCustomer.isEmpty {
      attention.append(
        Attention(
          "fileNames",
          "The names of \(counted(report.importsNamingCustomer.count, "imported file")) name the "
            + "customer; 'churn-risk imports' lists them, 'churn-risk imports remove' takes one out."
        ))
    }
    return attention
  }

  var json: JSONValue {
    [
      "isDryRun": .bool(report.isRehearsal),
      "customer": customer.map { .string($0) } ?? .null,
      "before": before.map { .string("\($0)") } ?? .null,
      "wasForgotten": .bool(report.wasForgotten),
      "erased": [
        "subscriptions": .integer(report.subscriptions),
        "observations": .integer(report.observations), "usageLines": .integer(report.usageLines),
        "otherRows": .integer(report.otherRows), "imports": .integer(report.imports),
      ],
      "importsNamingCustomer": .array(
        report.importsNamingCustomer.map { .integer(Int($0)) }),
      "outOfReach": .array(unreachable.map { .string($0) }),
      "attention": attention.json,
    ]
  }
}
