import TelegramSimulator

/// The whole library goes round before a picture comes again.
struct DeckScene: TourScene {
    static let title = "Fourteen pictures, and none comes twice"

    func play(on stage: TourStage) async throws {
        let alice = stage.alice
        var shown = try await alice.person.history(of: TourStage.bot).filter { $0.media != nil }
        let names = shown.map(Self.name).joined(separator: "”, “")
        stage.transcript.note("Alice has seen “\(names)”. She presses 💕 Random again and again; now come:")
        while shown.count < 14 {
            try await alice.person.say("💕 Random", to: TourStage.bot)
            let message = try await alice.hear(isShown: false)
            stage.transcript.note("    “\(Self.name(of: message))” as a \(message.media ?? "text")")
            shown.append(message)
        }
        stage.transcript.expect(Set(shown.map(\.file)).count == 14, "fourteen different pictures")
        stage.transcript.note("Then she presses once more:")
        try await alice.say("💕 Random")
        try await alice.hear("You have seen every photo")
    }

    /// The first line of the caption.
    private static func name(of message: SimulatedMessage) -> String {
        String(message.text.split(separator: "\n").first ?? "")
    }
}
