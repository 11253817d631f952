import JSON
import Support

/// Telegram asks the bot to slow down.
struct FloodScene: TourScene {
    static let title = "Telegram says: too many requests"

    func play(on stage: TourStage) async throws {
        _ = try await stage.control("faults", ["method": "sendPhoto", "kind": "flood", "seconds": 20, "count": 1])
        let alice = stage.alice
        let start = stage.clock.time.now
        try await alice.say("/random")
        stage.transcript.note("sendPhoto is answered 429, “retry after 20”; the bot waits as told and sends then:")
        try await alice.hear(photo: true)
        stage.transcript.expect(stage.clock.time.now.since(start) >= .seconds(20), "a pause of 20 seconds")
    }
}
