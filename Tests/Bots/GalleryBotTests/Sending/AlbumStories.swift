import BotKit
import Images
import JSON
import PhotoLibraries
import SQLiteStorage
import ServiceSimulators
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// Several photos at once.
@Suite(.timeLimit(.minutes(3))) struct AlbumStories {
    private let bot = GalleryScene.botID

    @Test func `five photos come as an album with a row of votes behind it`() async throws {
        var library = try StashLibrary.samples(modified: Timestamp(seconds: 1))
        library.images.removeAll { $0.baseName == "long-ridge.jpg" }
        try await GalleryScene.play(library: library) { scene in
            try await scene.alice.say("/random 5", to: bot)
            let photos = try await scene.next(5, for: scene.alice)
            #expect(Set(photos.map(\.album)).count == 1 && photos[0].album != nil)
            #expect(Set(photos.compactMap(\.file)).count == 5)
            let votes = try await scene.alice.next(from: bot)
            #expect(votes.answers == photos[0].id)
            #expect(votes.text.contains("5 photos"))
            #expect(votes.buttons.first == ["1 👍", "1 👎", "2 👍", "2 👎"])
            #expect(votes.buttons.last == ["➡️ next"])
            let noted = try await scene.history()
            #expect(noted.count == 5 && noted.allSatisfy { $0.source == "album" && $0.number != nil })
            #expect(Set(noted.compactMap { $0.message.map(Int64.init) }) == Set(photos.map(\.id)))
            // A vote in the row counts for the photo of its number.
            _ = try await scene.alice.press("2 👍", on: votes, in: bot)
            let voted = try await scene.database.read { try $0.values("SELECT photo_number FROM votes") as [Int64] }
            #expect(voted == [noted[1].number])
        }
    }

    @Test func `twelve are cut to ten, and that is said`() async throws {
        try await GalleryScene.play { scene in
            try await scene.boris.say("/random 12", to: bot)
            let messages = try await scene.next(11, for: scene.boris)
            #expect(messages.count { $0.media != nil } == 10)
            #expect(messages.contains { $0.text.contains("За один раз присылаю не больше 10.") })
            #expect(try await scene.history().count == 10)
        }
    }

    @Test func `fewer than asked for are told, and one is no album`() async throws {
        try await GalleryScene.play(library: try .samples("dawn.jpg", "lake.jpg", "fog.jpg")) { scene in
            try await scene.alice.say("/random 5", to: bot)
            let messages = try await scene.next(4, for: scene.alice)
            #expect(messages.last?.text.contains("I found 3 of 5.") == true)
            scene.stash.update { $0.images.removeAll { $0.baseName != "dawn.jpg" } }
        }
        try await GalleryScene.play(library: try .samples("dawn.jpg")) { scene in
            try await scene.boris.say("/random 4", to: bot)
            let photo = try await scene.boris.next(from: bot)
            #expect(photo.album == nil && photo.buttons.last == ["ℹ️", "⤓ оригинал", "➡️ дальше"])
            #expect(try await scene.boris.next(from: bot).text == "Нашлось 1 из 4.")
        }
    }

    @Test func `a film stands in the album, a GIF and a panorama follow it`() async throws {
        let library = try StashLibrary.samples(
            "dawn.jpg", "lake.jpg", "evening-light.mp4", "wandering-light.gif", "long-ridge.jpg")
        try await GalleryScene.play(library: library) { scene in
            try await scene.alice.say("/random 5", to: bot)
            let messages = try await scene.next(6, for: scene.alice)
            let album = messages.filter { $0.album != nil }
            #expect(album.map { $0.media ?? "" }.sorted() == ["photo", "photo", "video"])
            let single = messages.filter { $0.album == nil && $0.media != nil }
            #expect(single.map { $0.media ?? "" }.sorted() == ["animation", "document"])
            #expect(single.allSatisfy { $0.buttons.first == ["👍", "👎"] })
            #expect(try await scene.history().count == 5)
        }
    }

    @Test(arguments: ["/random 0", "/random -3", "/random 5 purple", "/random rating>=900"])
    func `words that make no sense are answered, and nothing is sent`(words: String) async throws {
        try await GalleryScene.play { scene in
            try await scene.alice.say(words, to: bot)
            let answer = try await scene.alice.next(from: bot)
            #expect(answer.media == nil && !answer.text.isEmpty)
            let noted = try await scene.history()
            #expect(noted == [])
        }
    }

    // MARK: Faults

    @Test func `P12: a 429 in the middle of an album is waited out, and nothing counts twice`() async throws {
        try await GalleryScene.play(library: try .samples("dawn.jpg", "lake.jpg", "wandering-light.gif")) { scene in
            try await scene.plan("flood", "sendMediaGroup", ["seconds": 1])
            try await scene.plan("flood", "sendAnimation", ["seconds": 1])
            try await scene.alice.say("/random 3", to: bot)
            let messages = try await scene.next(4, for: scene.alice)
            #expect(messages.count { $0.media != nil } == 3)
            #expect(try await scene.history().count == 3)
        }
    }

    @Test func `an item that Telegram names goes another way, the others go as they are`() async throws {
        try await GalleryScene.play(library: try .samples("dawn.jpg", "lake.jpg", "fog.jpg")) { scene in
            try await scene.plan(
                "error", "sendMediaGroup",
                [
                    "code": 400,
                    "description":
                        "Bad Request: failed to send message #2 with the error message \"PHOTO_INVALID_DIMENSIONS\"",
                ])
            try await scene.alice.say("/random 3", to: bot)
            let messages = try await scene.next(4, for: scene.alice)
            #expect(messages.count { $0.album != nil } == 3)
            #expect(try await scene.history().count == 3)
        }
    }

    @Test func `a refusal without a name makes all of them safer, then lets each go alone`() async throws {
        try await GalleryScene.play(library: try .samples("dawn.jpg", "lake.jpg")) { scene in
            try await scene.plan(
                "error", "sendMediaGroup",
                ["code": 400, "count": 2, "description": "Bad Request: IMAGE_PROCESS_FAILED"])
            try await scene.alice.say("/random 2", to: bot)
            let messages = try await scene.next(2, for: scene.alice)
            #expect(messages.allSatisfy { $0.album == nil && $0.media == "photo" })
            #expect(try await scene.calls("sendMediaGroup").count == 2)
        }
    }

    @Test func `a file that is no picture is replaced by another photo`() async throws {
        var library = try StashLibrary.samples("dawn.jpg", "lake.jpg", "fog.jpg", "red.jpg", "frost.jpg")
        for index in 0..<2 { library.images[index].source = .bytes([]) }
        try await GalleryScene.play(library: library) { scene in
            try await scene.alice.say("/random 3", to: bot)
            let messages = try await scene.next(4, for: scene.alice)
            #expect(messages.count { $0.media != nil } == 3)
            #expect(!messages.contains { $0.text.contains("I found") })
        }
    }

    @Test func `photos that go while the album is made are replaced`() async throws {
        try await GalleryScene.play { scene in
            try await scene.alice.say("/stats", to: bot)
            _ = try await scene.alice.next(from: bot)
            scene.stash.update { library in
                library.images.removeAll { !["dawn.jpg", "lake.jpg", "fog.jpg", "red.jpg"].contains($0.baseName) }
            }
            try await scene.alice.say("/random 2", to: bot)
            let noted = try await scene.settledHistory()
            #expect(!noted.isEmpty)
        }
    }

    @Test func `an answer that is lost after the album was sent doubles it at most, and that is counted`() async throws
    {
        try await GalleryScene.play(library: try .samples("dawn.jpg", "lake.jpg")) { scene in
            try await scene.plan("lost", "sendMediaGroup")
            try await scene.alice.say("/random 2", to: bot)
            let messages = try await scene.next(5, for: scene.alice)
            #expect(messages.count { $0.album != nil } == 4)
            #expect(try await scene.history().count == 2)
            #expect(scene.metrics.render().contains("bot_doubtful_sends_total 1"))
        }
    }

    @Test func `cover, protection and silence go with every item, also with known files`() async throws {
        try await GalleryScene.play(library: try .samples("dawn.jpg", "lake.jpg")) { scene in
            try await scene.change { settings in
                settings.isSpoiler = true
                settings.isProtected = true
                settings.isSilent = true
            }
            for _ in 0..<2 {
                try await scene.alice.say("/random 2", to: bot)
                let messages = try await scene.next(3, for: scene.alice)
                for photo in messages where photo.media != nil {
                    #expect(photo.hasSpoiler && photo.isProtected && photo.isSilent)
                }
            }
        }
    }
}
