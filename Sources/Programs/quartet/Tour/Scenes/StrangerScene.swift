import TelegramSimulator

/// Somebody who is not on the list gets nothing.
struct StrangerScene: TourScene {
    static let title = "A stranger at the door"

    func play(on stage: TourStage) async throws {
        let mallory = try await stage.newcomer("Mallory")
        try await mallory.say("/random")
        let answer = try await mallory.hear("not on its list")
        stage.transcript.expect(answer.media == nil, "no photo for a stranger")
    }
}
