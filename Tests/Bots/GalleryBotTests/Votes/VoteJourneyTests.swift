import ServiceSimulators
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// From a photo that was asked for to what comes afterwards.
@Suite(.timeLimit(.minutes(2))) struct VoteJourneyTests {
    private let bot = GalleryScene.botID

    /// Three photos of a gallery and two of none.
    private func library() throws -> StashLibrary {
        var library = try StashLibrary.samples(modified: Timestamp(seconds: 1_700_000_000))
        library.images.removeAll { ![1, 3, 4, 8, 12].contains($0.id) }
        return library
    }

    @Test func `a photo comes with its buttons, and its hidden gallery comes no more`() async throws {
        try await GalleryScene.play(library: try library()) { scene in
            var rejected: SimulatedMessage?
            while rejected == nil {
                try await scene.alice.say("/random", to: bot)
                let photo = try await scene.alice.next(from: bot)
                #expect(photo.buttons.first == ["👍", "👎"])
                #expect(photo.buttons.count == 2)
                if photo.text.contains("Mountains") { rejected = photo }
            }
            let photo = try #require(rejected)
            // One of three is a third: the question stands there at once.
            let asked = try await scene.press("👎", on: photo, in: bot, by: scene.alice)
            #expect(asked.answer == "👎 Noted. That makes 1 in “Mountains”. Hide the gallery?")
            #expect(
                asked.message.buttons == [
                    ["👍", "✅ 👎"], photo.buttons[1], ["Hide “Mountains”?"], ["Hide", "Keep"],
                ])
            let hidden = try await scene.press("Hide", on: asked.message, in: bot, by: scene.alice)
            #expect(hidden.message.buttons == [["👍", "✅ 👎"], photo.buttons[1]])
            let before = try await scene.sentPhotos().count
            for _ in 0..<3 {
                try await scene.alice.say("/random", to: bot)
                _ = try await scene.alice.next(from: bot)
            }
            let after = try await scene.sentPhotos().dropFirst(before)
            #expect(after.count == 3 && after.allSatisfy { ["8", "12"].contains($0) }, "\(after)")
        }
    }

    @Test func `below an album stands a row for each two photos, and they count`() async throws {
        try await GalleryScene.play { scene in
            try await scene.alice.say("/random 3", to: bot)
            var row = try await scene.alice.next(from: bot)
            while row.buttons.isEmpty { row = try await scene.alice.next(from: bot) }
            #expect(row.buttons.prefix(2) == [["1 👍", "1 👎", "2 👍", "2 👎"], ["3 👍", "3 👎"]])
            let voted = try await scene.press("2 👍", on: row, in: bot, by: scene.alice)
            #expect(voted.answer == "👍 Noted")
            #expect(
                Array(voted.message.buttons) == [["1 👍", "1 👎", "✅ 2 👍", "2 👎"]] + row.buttons.dropFirst())
            #expect(try await scene.storedVotes().map { $0[2] } == [1])
        }
    }

    @Test func `forgetting a person takes votes and hidden galleries back, in the library too`() async throws {
        let settings = GallerySettings(allowedUsers: [501, 502], votes: VoteSettings(writesRating: true))
        try await GalleryScene.play(settings: settings) { scene in
            let photo = try await scene.show([GalleryScene.photo(12)], to: bot, seenBy: scene.alice)
            _ = try await scene.press("👍", on: photo, in: bot, by: scene.alice)
            try await scene.votesAreWritten()
            #expect(scene.stash.library.images.last?.rating100 == 100)
            try await scene.alice.say("/forget", to: bot)
            let question = try await scene.alice.next(from: bot)
            let yes = try #require(question.buttons.first?.first)
            try await scene.alice.press(yes, on: question, in: bot)
            #expect(try await scene.storedVotes() == [])
            try await scene.votesAreWritten()
            #expect(scene.stash.library.images.last?.rating100 == nil)
        }
    }
}
