import Foundation
import Testing

/// A folder with a disk of its own of some megabytes, for as long as the value lives.
final class SmallDisk {
  let folder: TemporaryFolder

  /// Whether this process may mount one.
  static let canMount = (try? SmallDisk()) != nil

  init(megabytes: Int = 3) throws {
    folder = try TemporaryFolder()
    let mount = try Self.shell("mount -t tmpfs -o size=\(megabytes)m tmpfs .", in: folder.path)
    guard mount.status == 0 else { throw Failure(message: mount.errors) }
  }

  deinit { _ = try? Self.shell("umount -l \"$PWD\"", in: folder.path) }

  /// Fills the disk but for some kilobytes.
  func fill(leaving kilobytes: Int) throws {
    let outcome = try Self.shell(
      """
      free=$(df -k --output=avail . | tail -1)
      head -c $(((free > \(kilobytes) ? free - \(kilobytes) : 0) * 1024)) /dev/zero > filler
      """, in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  func free() throws { try FileManager.default.removeItem(atPath: folder.path("filler")) }

  struct Failure: Error { let message: String }

  private static func shell(_ command: String, in folder: String) throws -> Program.Outcome {
    try Program.execute("/bin/bash", ["-c", command], folder: folder)
  }
}
