/// One line that shows what a command needs: `churn-risk backtest --from DAY [OPTIONS] PATH…`.
///
/// Required options are spelled out, the others are `[OPTIONS]`; arguments keep their order.
func usageLine(
  of command: any Command.Type, path: [String], sections: [ParameterSection]
) -> String {
  let parameters = sections.flatMap { $0.parameters }
  var words = path
  words += parameters.filter { $0.kind == .option && $0.isRequired }.map { $0.titleWithValue }
  if parameters.contains(where: { $0.kind != .argument && !$0.isRequired }) {
    words.append("[OPTIONS]")
  }
  words += parameters.filter { $0.kind == .argument }.map { argument in
    let word = argument.placeholder + (argument.isRepeating ? "…" : "")
    return argument.isRequired ? word : "[\(word)]"
  }
  return words.joined(separator: " ")
}
