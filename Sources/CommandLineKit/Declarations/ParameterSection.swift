/// The parameters of one heading in help: a command's own, or those of one option group.
struct ParameterSection {
  /// The group's title; nil for the command's own parameters.
  var title: String?
  /// The group's type, to tell the global options from others.
  var group: (any ParsableGroup.Type)?
  var parameters: [Parameter]
}

/// The wrapped properties of a command: its own first, then each option group, nested ones after.
///
/// Swift offers a mirror for this; property wrappers are stored under `_name`.
func parameterSections(of declaration: Any) -> [ParameterSection] {
  var own = ParameterSection(parameters: [])
  var groups: [ParameterSection] = []
  for child in Mirror(reflecting: declaration).children {
    if let declaring = child.value as? any ParameterDeclaring, let label = child.label {
      own.parameters.append(declaring.parameter(label: String(label.drop { $0 == "_" })))
    } else if let declaring = child.value as? any GroupDeclaring {
      groups += parameterSections(of: declaring.group)
    }
  }
  if let group = declaration as? any ParsableGroup {
    own.group = type(of: group)
    own.title = type(of: group).title
  }
  return [own] + groups
}

/// The groups of a declaration, nested ones included, for their `validate()`.
func optionGroups(of declaration: Any) -> [any ParsableGroup] {
  Mirror(reflecting: declaration).children.flatMap { child -> [any ParsableGroup] in
    guard let declaring = child.value as? any GroupDeclaring else { return [] }
    return [declaring.group] + optionGroups(of: declaring.group)
  }
}
