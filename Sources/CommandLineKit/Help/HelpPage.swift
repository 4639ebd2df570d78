/// A command's help: examples first, because most readers need one line to copy.
///
/// ```
/// EXAMPLES                      2 columns of margin, meaning below the command line
///   churn-risk score --top 5
///       Prints the five riskiest subscriptions.
/// OVERVIEW · USAGE · ARGUMENTS · OPTIONS · option groups · GLOBAL OPTIONS · COMMANDS
///   --top N                 How many rows to print. Default: 20.
///   └──── label, 26 columns └── text, wrapped
/// ```
struct HelpPage {
  let command: any Command.Type
  let path: [String]
  let root: any Command.Type
  /// Columns of the whole page, 60 … 100.
  let width: Int

  private static let labelWidth = 26
  private static let margin = 2

  /// The page, ended by a line feed.
  func rendered() -> String {
    let configuration = command.configuration
    let sections = CommandLineParser(root: root).sections(of: command.init())
    var chapters = [examples(configuration), overview(configuration), usage(sections)]
    chapters.append(chapter("Arguments", sections.flatMap(arguments)))
    for section in sections where !isGlobal(section) {
      chapters.append(chapter(section.title ?? "Options", options(section)))
    }
    let global = sections.filter(isGlobal).flatMap(options)
    let title = root.configuration.globalOptions?.title ?? "Global options"
    chapters.append(chapter(title, global + builtInOptions()))
    chapters += subcommands(configuration)
    return chapters.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  // MARK: - Chapters

  private func examples(_ configuration: CommandConfiguration) -> String {
    guard !configuration.examples.isEmpty else { return "" }
    return configuration.examples.reduce("EXAMPLES\n") { text, example in
      text
        + wrapped(example.does, width: width - 6).indented(by: 6).prepending(
          "  \(example.command)\n")
    }
  }

  private func overview(_ configuration: CommandConfiguration) -> String {
    let text = [configuration.abstract, configuration.discussion].filter { !$0.isEmpty }
      .joined(separator: "\n\n")
    guard !text.isEmpty else { return "" }
    return "OVERVIEW\n" + wrapped(text, width: width - Self.margin).indented(by: Self.margin)
  }

  private func usage(_ sections: [ParameterSection]) -> String {
    let subcommands = command.configuration.subcommands
    var lines: [String] = []
    if !command.configuration.usage.isEmpty {
      lines += command.configuration.usage.map { (path + [$0]).joined(separator: " ") }
    } else if subcommands.isEmpty || !isGroup(sections) {
      lines.append(usageLine(of: command, path: path, sections: sections))
    }
    if !subcommands.isEmpty {
      lines.append((path + ["COMMAND", "[OPTIONS]"]).joined(separator: " "))
    }
    return "USAGE\n" + lines.flatMap { wrapped($0, width: width - 2) }.indented(by: Self.margin)
  }

  /// Whether the command has nothing of its own: no parameters apart from the global ones.
  private func isGroup(_ sections: [ParameterSection]) -> Bool {
    sections.allSatisfy { $0.parameters.isEmpty || isGlobal($0) }
  }

  private func isGlobal(_ section: ParameterSection) -> Bool {
    guard let group = section.group, let globals = root.configuration.globalOptions else {
      return false
    }
    return group == globals
  }

  private func subcommands(_ configuration: CommandConfiguration) -> [String] {
    var titles: [String] = []
    var rows: [String: [Row]] = [:]
    for subcommand in configuration.subcommands {
      let title = subcommand.configuration.group ?? "Commands"
      if rows[title] == nil { titles.append(title) }
      rows[title, default: []].append(
        Row(label: subcommand.commandName, text: subcommand.configuration.abstract))
    }
    guard !titles.isEmpty else { return [] }
    let program = path.joined(separator: " ")
    let more = "See '\(program) COMMAND --help' for one command.\n"
    return titles.map { chapter($0, rows[$0] ?? []) } + [more]
  }

  // MARK: - Rows

  private struct Row {
    var label: String
    var text: String
  }

  private func arguments(_ section: ParameterSection) -> [Row] {
    section.parameters.filter { $0.kind == .argument }.map { argument in
      Row(label: argument.placeholder, text: argument.explanation)
    }
  }

  private func options(_ section: ParameterSection) -> [Row] {
    section.parameters.filter { $0.kind != .argument }.map { option in
      let short = option.short.map { "-\($0), " } ?? ""
      return Row(label: short + option.titleWithValue, text: option.explanation)
    }
  }

  private func builtInOptions() -> [Row] {
    let help = Row(label: "-h, --help", text: "Shows this help.")
    guard root.configuration.version != nil else { return [help] }
    return [Row(label: "--version", text: "Shows the version of the program."), help]
  }

  /// A heading and its rows; a label too long for its column stands on a line of its own.
  private func chapter(_ title: String, _ rows: [Row]) -> String {
    guard !rows.isEmpty else { return "" }
    var text = title.uppercased() + "\n"
    for row in rows {
      let label = String(repeating: " ", count: Self.margin) + row.label
      let lines =
        row.text.isEmpty
        ? "" : wrapped(row.text, width: width - Self.labelWidth).indented(by: Self.labelWidth)
      if label.displayWidth + 2 > Self.labelWidth || lines.isEmpty {
        text += label + "\n" + lines
      } else {
        text += label.padded(toWidth: Self.labelWidth) + lines.drop { $0 == " " }
      }
    }
    return text
  }
}

extension String {
  fileprivate func prepending(_ text: String) -> String { text + self }
}

extension Parameter {
  /// The help sentence, then accepted values, rule, repetition and default in words.
  fileprivate var explanation: String {
    var sentences = help.isEmpty ? [] : [help]
    if !syntax.spellings.isEmpty {
      sentences.append("One of: \(syntax.spellings.joined(separator: ", ")).")
    }
    if let rule { sentences.append(rule.prefix(1).uppercased() + rule.dropFirst() + ".") }
    if kind == .option, isRepeating { sentences.append("May be given several times.") }
    if kind == .option, isRequired { sentences.append("Required.") }
    switch (absence, environment) {
    case (let absence?, let variable?):
      sentences.append("Default: $\(variable) if set, otherwise \(absence).")
    case (let absence?, nil): sentences.append("Default: \(absence).")
    case (nil, let variable?): sentences.append("Default: $\(variable) if set.")
    case (nil, nil): break
    }
    return sentences.joined(separator: " ")
  }
}

/// Columns for help: 80, or `COLUMNS` where that is between 60 and 100.
func helpWidth(columns: String?) -> Int {
  guard let columns = columns.flatMap({ Int($0) }), columns > 60 else { return 80 }
  return min(columns, 100)
}
