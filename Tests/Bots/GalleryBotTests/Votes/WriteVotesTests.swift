import BotKit
import Jobs
import PhotoLibraries
import SQLiteStorage
import ServiceSimulators
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// What votes do in the library, where its owner has switched that on.
@Suite(.timeLimit(.minutes(2))) struct WriteVotesTests {
    private let bot = GalleryScene.botID
    private static let writing = GallerySettings(
        allowedUsers: [501, 502], votes: VoteSettings(writesRating: true, marksOrganized: true))

    private func image(_ id: Int, _ scene: GalleryScene) throws -> StashImage {
        try #require(scene.stash.library.images.first { $0.id == id })
    }

    @Test func `nothing is written unless the owner wants it`() async throws {
        try await GalleryScene.play { scene in
            let photo = try await scene.show([GalleryScene.photo(12)], to: bot, seenBy: scene.alice)
            _ = try await scene.press("👍", on: photo, in: bot, by: scene.alice)
            try await scene.votesAreWritten()
            #expect(try image(12, scene).rating100 == nil)
            #expect(!scene.stash.queries.contains { $0.contains("mutation") })
        }
    }

    @Test func `an empty field gets the mean of the votes, and is emptied with the last one`() async throws {
        try await GalleryScene.play(settings: Self.writing) { scene in
            let hers = try await scene.show([GalleryScene.photo(12)], to: bot, seenBy: scene.alice)
            let his = try await scene.show([GalleryScene.photo(12)], to: bot, seenBy: scene.boris)
            let liked = try await scene.press("👍", on: hers, in: bot, by: scene.alice)
            try await scene.votesAreWritten()
            #expect(try image(12, scene).rating100 == 100 && image(12, scene).organized)
            let disliked = try await scene.press("👎", on: his, in: bot, by: scene.boris)
            try await scene.votesAreWritten()
            #expect(try image(12, scene).rating100 == 60)
            _ = try await scene.press("✅ 👍", on: liked.message, in: bot, by: scene.alice)
            try await scene.votesAreWritten()
            #expect(try image(12, scene).rating100 == 20)
            _ = try await scene.press("✅ 👎", on: disliked.message, in: bot, by: scene.boris)
            try await scene.votesAreWritten()
            #expect(try image(12, scene).rating100 == nil && !image(12, scene).organized)
        }
    }

    @Test func `P2: what people have filled in stays, whatever is voted`() async throws {
        var library = try StashLibrary.samples(modified: Timestamp(seconds: 1))
        // Picture 3 is rated by hand already; all have details by hand.
        for index in library.images.indices { library.images[index].details = "by hand \(index)" }
        library.images[2].organized = true
        let before = library
        try await GalleryScene.play(settings: Self.writing, library: library) { scene in
            for value in ["👍", "👎"] {
                for id in [3, 12] {
                    let photo = try await scene.show(
                        [GalleryScene.photo(id, gallery: "Gallery \(id)")], to: bot, seenBy: scene.alice)
                    _ = try await scene.press(value, on: photo, in: bot, by: scene.alice)
                }
                try await scene.votesAreWritten()
                #expect(try image(3, scene).rating100 == 60 && image(3, scene).organized)
                #expect(try image(12, scene).rating100 == (value == "👍" ? 100 : 20))
            }
            // A person changes what was written: it is theirs from then on, also when they empty it.
            for theirs in [40, nil] as [Int?] {
                scene.stash.update { $0.images[11].rating100 = theirs }
                for value in ["👍", "👎"] {
                    let photo = try await scene.show(
                        [GalleryScene.photo(12, gallery: "Gallery 12")], to: bot, seenBy: scene.boris)
                    _ = try await scene.press(value, on: photo, in: bot, by: scene.boris)
                    try await scene.votesAreWritten()
                    #expect(try image(12, scene).rating100 == theirs)
                }
            }
            for (image, old) in zip(scene.stash.library.images, before.images) {
                #expect(image.details == old.details && image.title == old.title && image.tags == old.tags)
                #expect(image.galleries == old.galleries && image.performers == old.performers)
            }
            #expect(scene.stash.library.tags.count == before.tags.count, "no tag is made")
        }
    }

    @Test func `a Stash that may not be written to costs no vote, and the voter hears nothing of it`() async throws {
        try await GalleryScene.play(settings: Self.writing) { scene in
            scene.stash.setFault(.readOnly)
            let photo = try await scene.show([GalleryScene.photo(12)], to: bot, seenBy: scene.alice)
            let voted = try await scene.press("👍", on: photo, in: bot, by: scene.alice)
            #expect(voted.answer == "👍 Noted")
            try await scene.votesAreWritten()
            #expect(try await scene.storedVotes() == [[501, 1, 1]])
            // Given up, not tried for ever; the next vote tries again.
            let state: String? = try await scene.database.read { connection in
                try connection.value("SELECT state FROM jobs WHERE kind = \(WriteVotes.kind)")
            }
            #expect(state == "cancelled")
            scene.stash.setFault(.none)
            _ = try await scene.press("👎", on: voted.message, in: bot, by: scene.alice)
            try await scene.votesAreWritten()
            #expect(try image(12, scene).rating100 == 20)
            let said = try await scene.alice.history(of: bot).map(\.text).filter { !$0.contains("Hello") }
            #expect(said == ["/start", "A photo"])
        }
    }

    @Test func `votes that are stored together are written together, and a job that waits takes all in`() async throws {
        try await GalleryScene.play(settings: Self.writing) { scene in
            // Without an answer the job waits for its next try, and further votes join it.
            scene.stash.setFault(.badGateway)
            let hers = try await scene.show([GalleryScene.photo(12)], to: bot, seenBy: scene.alice)
            let his = try await scene.show([GalleryScene.photo(12)], to: bot, seenBy: scene.boris)
            _ = try await scene.press("👍", on: hers, in: bot, by: scene.alice)
            _ = try await scene.press("👎", on: his, in: bot, by: scene.boris)
            let jobs: Int? = try await scene.database.read { connection in
                try connection.value("SELECT COUNT(*) FROM jobs WHERE kind = \(WriteVotes.kind)")
            }
            #expect(jobs == 1)
            scene.stash.setFault(.none)
            try await scene.votesAreWritten()
            #expect(try image(12, scene).rating100 == 60)
            #expect(scene.stash.queries.count { $0.contains("SetRating") } == 1)
        }
    }
}
