import ServiceSimulators
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// Votes below what was really sent, and what becomes of them when a person is forgotten.
@Suite(.timeLimit(.minutes(2))) struct VoteJourneyTests {
    private let bot = GalleryScene.botID

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
