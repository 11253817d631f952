import JSON
import PhotoLibraries
import ServiceSimulators
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// What a person meets, through a simulated Telegram and a simulated Stash.
@Suite(.timeLimit(.minutes(2))) struct ConversationTests {
    private let bot = GalleryScene.botID

    @Test func `a new person is greeted in their language, with a keyboard that works`() async throws {
        try await GalleryScene.play { scene in
            try await scene.alice.say("/start", to: bot)
            let greeting = try await scene.alice.next(from: bot)
            #expect(greeting.text.contains("Hello, Alice!"))
            try await scene.boris.say("/start", to: bot)
            #expect(try await scene.boris.next(from: bot).text.contains("Здравствуйте, Борис!"))
            try await scene.boris.say("💕 Случайное", to: bot)
            #expect(try await scene.boris.next(from: bot).media != nil)
        }
    }

    @Test func `everything in the library comes once before anything comes twice`() async throws {
        try await GalleryScene.play { scene in
            var titles: [String] = []
            for _ in 0..<12 {
                try await scene.alice.say("/random", to: bot)
                let photo = try await scene.alice.next(from: bot)
                #expect(photo.media == "photo" || photo.media == "document")
                titles.append(try #require(photo.file))
            }
            let sent = try await scene.sentPhotos()
            #expect(Set(sent).count == 12)
            try await scene.alice.say("/random", to: bot)
            let again = try await scene.alice.next(from: bot)
            #expect(again.text.contains("You have seen every photo within 30 days"))
            #expect(titles.contains(try #require(again.file)), "a known photo is sent by its file_id")
        }
    }

    @Test func `two people have a deck each`() async throws {
        try await GalleryScene.play { scene in
            for _ in 0..<12 {
                try await scene.alice.say("/random", to: bot)
                _ = try await scene.alice.next(from: bot)
            }
            try await scene.boris.say("/random", to: bot)
            let photo = try await scene.boris.next(from: bot)
            #expect(!photo.text.contains("вы посмотрели все"))
        }
    }

    @Test func `a panorama comes as a file, WebP as a photo`() async throws {
        var library = try StashLibrary.samples(modified: Timestamp(seconds: 1))
        library.images.removeAll { $0.baseName != "long-ridge.jpg" && $0.baseName != "green.webp" }
        try await GalleryScene.play(library: library) { scene in
            var kinds: Set<String> = []
            for _ in 0..<2 {
                try await scene.alice.say("/random", to: bot)
                kinds.insert(try await scene.alice.next(from: bot).media ?? "none")
            }
            #expect(kinds == ["photo", "document"])
        }
    }

    @Test func `names with markup arrive as they are`() async throws {
        var library = try StashLibrary.samples(modified: Timestamp(seconds: 1))
        library.images.removeAll { $0.baseName != "salt-and-pepper.jpg" }
        library.images[0].title = "A & B <c> </b> *x* \u{202E}"
        try await GalleryScene.play(library: library) { scene in
            try await scene.alice.say("/random", to: bot)
            let photo = try await scene.alice.next(from: bot)
            #expect(photo.text.hasPrefix("A & B <c> </b> *x*"))
        }
    }

    @Test func `figures count what was sent`() async throws {
        try await GalleryScene.play { scene in
            for _ in 0..<2 {
                try await scene.alice.say("/random", to: bot)
                _ = try await scene.alice.next(from: bot)
            }
            try await scene.boris.say("/random", to: bot)
            _ = try await scene.boris.next(from: bot)
            // His answer comes after his photo is noted; hers would not wait for that.
            try await scene.boris.say("/help", to: bot)
            _ = try await scene.boris.next(from: bot)
            try await scene.alice.say("/stats", to: bot)
            let figures = try await scene.alice.next(from: bot).text
            #expect(figures.contains("to everybody: 3") && figures.contains("to you: 2"))
            #expect(figures.contains("still unseen: 10 of 12"))
            try await scene.boris.say("/stats", to: bot)
            #expect(try await scene.boris.next(from: bot).text.contains("вам: 1"))
        }
    }

    @Test func `a stranger gets one polite answer and then silence`() async throws {
        try await GalleryScene.play(settings: GallerySettings(allowedUsers: [501])) { scene in
            try await scene.boris.say("/random", to: bot)
            #expect(try await scene.boris.next(from: bot).text == GalleryTexts.russian.refusal)
            try await scene.boris.say("/random", to: bot)
            try await scene.boris.say("/start", to: bot)
            // Alice's answer comes after Boris's would have: the bot has handled his messages by then.
            try await scene.alice.say("/help", to: bot)
            _ = try await scene.alice.next(from: bot)
            let answers = try await scene.boris.history(of: bot).filter { $0.view["out"]?.boolValue != true }
            #expect(answers.count == 1)
            let sent = try await scene.sentPhotos()
            #expect(sent == [])
        }
    }

    @Test func `in a group nobody gets to see the photos, not even by somebody on the list`() async throws {
        try await GalleryScene.play { scene in
            let chat = try await scene.alice.act(
                "chats", ["type": "supergroup", "title": "Party", "members": [502, .integer(bot)]])
            let group = try #require(chat["chat"]?["id"]?.integerValue)
            try await scene.boris.say("/random@gallery_bot", to: group)
            #expect(try await scene.boris.next(from: group).text == GalleryTexts.russian.privateOnly)
            let sent = try await scene.sentPhotos()
            #expect(sent == [])
        }
    }

    @Test(arguments: [
        (StashSimulator.Fault.badGateway, "does not answer"), (.needsMigration, "waits for its owner"),
        (.exposed, "waits for its owner"), (.cut, "does not answer"),
    ])
    func `trouble with the library is told in plain words, and passes`(
        fault: StashSimulator.Fault, words: String
    ) async throws {
        try await GalleryScene.play { scene in
            scene.stash.setFault(fault)
            try await scene.alice.say("/random", to: bot)
            #expect(try await scene.alice.next(from: bot).text.contains(words))
            scene.stash.setFault(.none)
            try await scene.alice.say("/random", to: bot)
            #expect(try await scene.alice.next(from: bot).media != nil)
        }
    }

    @Test func `a wrong key is the owner's matter`() async throws {
        try await GalleryScene.play(stashKey: "wrong") { scene in
            try await scene.boris.say("/random", to: bot)
            #expect(try await scene.boris.next(from: bot).text == GalleryTexts.russian.libraryTrouble(.unauthorized))
        }
    }

    @Test func `an empty library says so`() async throws {
        try await GalleryScene.play(library: StashLibrary()) { scene in
            try await scene.alice.say("/random", to: bot)
            #expect(try await scene.alice.next(from: bot).text == GalleryTexts.english.emptyLibrary)
        }
    }

    @Test func `a photo that goes between the list and the sending is passed over`() async throws {
        try await GalleryScene.play { scene in
            try await scene.alice.say("/stats", to: bot)
            _ = try await scene.alice.next(from: bot)
            scene.stash.update { $0.images.removeAll { $0.id != 4 } }
            // Eleven of twelve draws miss; five tries each, so a few requests at most.
            var found = false
            for _ in 0..<12 where !found {
                try await scene.alice.say("/random", to: bot)
                found = try await scene.alice.next(from: bot).media != nil
            }
            #expect(found)
            let sent = try await scene.sentPhotos()
            #expect(sent == ["4"])
        }
    }

    @Test func `the menu is there in both languages`() async throws {
        try await GalleryScene.play { scene in
            try await scene.alice.say("/help", to: bot)
            _ = try await scene.alice.next(from: bot)
            let english = try await scene.alice.get("commands?user=501&chat=\(bot)")
            let russian = try await scene.boris.get("commands?user=502&chat=\(bot)")
            #expect(english["commands"]?[0]?["description"]?.stringValue == "A random photo")
            #expect(russian["commands"]?[0]?["description"]?.stringValue == "Случайное фото")
        }
    }
}
