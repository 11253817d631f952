/// Борис meets the bot, in Russian.
struct RussianScene: TourScene {
    static let title = "Борис говорит по-русски"

    func play(on stage: TourStage) async throws {
        let boris = stage.boris
        try await boris.say("/start")
        try await boris.hear("Здравствуйте, Борис!")
        try await boris.seesKey("💕 Случайное")
        try await boris.say("💕 Случайное")
        try await boris.hear(photo: true)
        try await boris.say("/help")
        try await boris.hear("Команды")
    }
}
