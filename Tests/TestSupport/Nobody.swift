internal import Glibc

/// Gives up the rights of root, to which no permission applies; for the child of an exit test.
///
/// Whoever is not root stays who they are.
package func becomeNobody() {
  guard geteuid() == 0 else { return }
  precondition(setgroups(0, nil) == 0 && setgid(65_534) == 0 && setuid(65_534) == 0)
}
