internal import Dispatch

/// Does something once a second.
final class Warden: Sendable {
  // SAFETY: sources of Dispatch may be used from all threads; the protocol does not say so.
  nonisolated(unsafe) private let timer: any DispatchSourceTimer

  init(_ body: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "warden")
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + .seconds(1), repeating: .seconds(1))
    timer.setEventHandler(handler: body)
    timer.activate()
    unsafe self.timer = timer
  }

  func stop() { unsafe timer.cancel() }
}
