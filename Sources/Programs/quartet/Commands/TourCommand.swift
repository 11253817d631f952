import Configuration
import FoundationEssentials
import Support
import TelegramSimulator

/// `quartet tour`: a scripted conversation with the bot, as a transcript.
struct TourCommand: Command {
    static let name = "tour"
    static let summary = "play a scripted conversation and print it"
    static let usage = ""
    static let options: [(form: String, meaning: String)] = []

    /// Scenes with the bot running throughout.
    private static let scenes: [any TourScene.Type] = [
        GreetingScene.self, RussianScene.self, StrangerScene.self, ScheduleScene.self, VoteScene.self, DeckScene.self,
        FloodScene.self,
    ]

    init(_ arguments: inout ArgumentReader) throws(UsageError) {}

    func run() async throws -> ExitCode {
        let folder = FileManager.default.temporaryDirectory.path + "/quartet-tour-\(UUID().uuidString)"
        let runtime = try Runtime(Settings(), stream: .none, logFile: "\(folder)/quartet.log")
        let transcript = Transcript { Console.out($0) }
        let clock = TourClock()
        let running = Task { await clock.run() }
        defer { running.cancel() }
        do {
            let stage = try await TourStage(
                folder: folder, transcript: transcript, clock: clock, logger: runtime.logger)
            do {
                try await play(on: stage)
            } catch {
                transcript.expect(false, "no trouble, but: \(error)")
            }
            await stage.stop()
        } catch {
            runtime.log.close()
            throw error
        }
        runtime.log.close()
        let (met, missed) = transcript.score
        guard missed == 0 else {
            Console.out("\n✗ \(missed) of \(met + missed) expectations were not met. The log: \(folder)/quartet.log")
            return .failure
        }
        try FileManager.default.removeItem(atPath: folder)
        Console.out("\n✓ All \(met) expectations were met. Talk to the bot yourself: quartet demo")
        return .success
    }

    private func play(on stage: TourStage) async throws {
        Console.out("Quartet’s tour: the Gallery bot, a simulated Telegram and a simulated Stash, in one process.")
        Console.out(
            "A Monday morning, by a clock that runs faster than yours. Alice speaks English, Борис – по-русски.")
        try await stage.withGallery {
            for (index, scene) in Self.scenes.enumerated() {
                stage.transcript.scene(index + 1, scene.title)
                try await scene.init().play(on: stage)
            }
        }
        stage.transcript.scene(Self.scenes.count + 1, "Бот перезапускается")
        let boris = stage.boris
        stage.transcript.note("Бот остановлен. Борис пишет, пока его нет.")
        try await boris.say("/random")
        try await stage.withGallery {
            stage.transcript.note("Бот снова запущен и отвечает на то, что пропустил.")
            try await boris.hear(photo: true)
            try await boris.say("/stats")
            try await boris.hear("вам: 3")
        }
    }
}
