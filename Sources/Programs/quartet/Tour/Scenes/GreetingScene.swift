/// Alice meets the bot.
struct GreetingScene: TourScene {
    static let title = "Alice says hello"

    func play(on stage: TourStage) async throws {
        let alice = stage.alice
        try await alice.say("/start")
        try await alice.hear("Hello, Alice!")
        try await alice.seesKey("💕 Random")
        try await alice.say("💕 Random")
        try await alice.hear(photo: true)
        try await alice.say("What else can you do?")
        try await alice.hear("/random")
        try await alice.say("/stats")
        try await alice.hear("to you: 1")
    }
}
