package import JSON
package import Support
package import TelegramAPI

extension Bot {
    /// Reads one update and has its handler run, past the poller, the inbox and the lanes: for measurements.
    ///
    /// - Returns: false where the handler was interrupted by cancellation, or Telegram cannot be reached.
    /// - Throws: `JSONError` where it cannot be told what the update is about.
    package func handle(_ raw: RawUpdate) async throws(JSONError) -> Bool {
        let (update, _) = try raw.decode()
        return await Dispatcher(core: core).handle(update, UpdateFacts(update)) == .handled
    }

    /// Broadcasts' calls that are begun, calls that wait for flood control, and whether results are about to be stored.
    package var broadcastLoad: (begun: Int, waiting: Int, mustStore: Bool) { core.broadcaster.load }

    /// Sends what broadcasts have to send, without taking updates: for measurements.
    package func broadcast(until ending: Shutdown) async { await core.broadcaster.run(until: ending) }

    /// Returns when all updates that were handled are marked as such.
    package func finishMarking() async { await core.marks.flush() }
}
