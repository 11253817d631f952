import HTTPClient
import Images
import ServiceSimulators
import Support
import TelegramSimulator

/// A simulated Telegram and a simulated Stash inside the test, for what only their owner can do to them.
final class Simulators: Sendable {
    let telegram: TelegramSimulator
    let stash: StashSimulator
    /// The clock that the slow Stash goes by.
    let stashTime = ManualTime()
    let telegramURL: String
    let stashURL: String

    private init(pictures: Int, world: String?, stashPort: Int) async throws {
        var configuration = TelegramSimulator.Configuration(world: world)
        configuration.bots = [.init(token: Secret(Scene.token), name: "Gallery", username: "gallery_bot")]
        telegram = TelegramSimulator(configuration: configuration)
        stash = try StashSimulator(
            library: try Self.library(pictures), apiKey: Scene.stashKey, port: stashPort, time: stashTime)
        telegramURL = "http://\(try await telegram.start())"
        stashURL = "http://\(try await stash.start())"
    }

    /// Lends both in a scene with a folder.
    static func scene(
        pictures: Int = 12, world: String? = nil, _ body: (Scene, Simulators) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with { folder in
            let simulators = try await Simulators(pictures: pictures, world: world, stashPort: 0)
            let result: Result<Void, any Error>
            do {
                result = .success(
                    try await Scene.with(
                        folder, telegram: simulators.telegramURL, stash: simulators.stashURL
                    ) { scene in try await body(scene, simulators) })
            } catch {
                result = .failure(error)
            }
            await simulators.telegram.stop()
            await simulators.stash.stop()
            try result.get()
        }
    }

    /// Small pictures, each with a name of its own.
    private static func library(_ count: Int) throws -> StashLibrary {
        var library = StashLibrary()
        for number in 1...count {
            let bytes = try Pictures.jpeg(shade: number)
            var image = StashImage(
                id: number, path: "/pictures/\(number).jpg", format: .jpeg, width: Pictures.width,
                height: Pictures.height, size: bytes.count, modified: Timestamp(seconds: 1_767_225_600),
                source: .bytes(bytes))
            image.title = "Picture \(number)"
            library.images.append(image)
        }
        return library
    }
}
