import TelegramSimulator

/// A vote, and photos by a schedule of Alice's own.
struct VoteScene: TourScene {
    static let title = "A thumb up, and a photo every evening"

    func play(on stage: TourStage) async throws {
        let alice = stage.alice
        try await alice.say("/random")
        let photo = try await alice.hear(photo: true)
        let answer = try await alice.person.press("👍", on: photo, in: TourStage.bot)
        stage.transcript.note("Alice presses 👍: “\(answer.text ?? "")”")
        let edited = try await alice.person.nextEdit(in: TourStage.bot)
        stage.transcript.expect(edited.buttons.first?.first == "✅ 👍", "her vote under the photo")
        try await alice.say("/every day 21:30")
        try await alice.hear("21:30")
        try await alice.say("/preferences")
        try await alice.hear("👍 1")
    }
}
