import FoundationEssentials
import HTTPServer
import Support
import Synchronization
import TelegramSimulator

/// A simulator with its state in a temporary folder, which can be stopped and started again at the same port.
final class RestartableSimulator: Sendable {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "page-story-\(UUID().uuidString)")
    private let time: any TimeSource
    private let running = Mutex<(simulator: TelegramSimulator, port: Int)?>(nil)

    init(time: any TimeSource = SystemTime()) { self.time = time }

    @discardableResult
    func start() async throws -> BoundAddress {
        let port = running.withLock { $0?.port } ?? 0
        let simulator = TelegramSimulator(
            configuration: .init(port: port, seed: 7, stateDirectory: folder.path, time: time))
        let address = try await simulator.start()
        running.withLock { $0 = (simulator, address.port) }
        return address
    }

    func stop() async { await running.withLock { $0?.simulator }?.stop() }

    /// Stops it for good.
    func remove() async {
        await stop()
        // What is left of a temporary folder harms nobody.
        try? FileManager.default.removeItem(at: folder)
    }
}
