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

/// One photo, and what can go wrong on its way.
@Suite(.timeLimit(.minutes(3))) struct SingleStories {
    private let bot = GalleryScene.botID

    @Test func `P1: every query of a conversation is one that Stash's schema takes`() async throws {
        try await GalleryScene.play(time: ManualTime(now: Timestamp(seconds: 1_795_262_400))) { scene in
            for words in ["/random", "/random 2", "/today", "/info", "/original", "/stats"] {
                try await scene.alice.say(words, to: bot)
            }
            try await scene.alice.say("/help", to: bot)
            // A query that does not fit is answered 422, which would be told as the library's trouble.
            var texts: [String] = []
            while texts.last?.contains("Commands") != true {
                texts.append(try await scene.alice.next(from: bot).text)
            }
            #expect(texts.count > 8)
            #expect(!texts.contains(GalleryTexts.english.libraryTrouble(.refused(reason: ""))))
            #expect(!texts.contains(KitFailure.english))
            #expect(!scene.stash.queries.isEmpty)
        }
    }

    @Test func `P4: every photo comes once before any comes twice, for each chat by itself`() async throws {
        try await GalleryScene.play(library: try .samples("dawn.jpg", "lake.jpg", "fog.jpg", "red.jpg")) { scene in
            for person in [scene.alice, scene.boris] {
                for _ in 0..<4 {
                    try await person.say("/random", to: bot)
                    #expect(try await person.next(from: bot).media == "photo")
                }
                // Her last photo may be noted after his first is sent, else.
                _ = try await scene.settledHistory()
            }
            let noted = try await scene.settledHistory().map(\.image)
            #expect(Set(noted.prefix(4)).count == 4 && Set(noted.suffix(4)).count == 4)
        }
    }

    @Test func `P7: names with markup and none at all arrive as text, a huge title is cut between characters`()
        async throws
    {
        var library = try StashLibrary.samples("dawn.jpg", "lake.jpg", "IMG_2041.jpg")
        library.images[0].title = String(repeating: "👩‍👩‍👧", count: 1100)
        library.images[1].title = "</b> A & B <c> *x* _y_ [z](t.me)"
        try await GalleryScene.play(library: library) { scene in
            var texts: [String] = []
            for _ in 0..<3 {
                try await scene.alice.say("/random", to: bot)
                let photo = try await scene.alice.next(from: bot)
                #expect(photo.media == "photo")
                texts.append(photo.text)
            }
            #expect(texts.contains { $0.hasPrefix("</b> A & B <c> *x* _y_ [z](t.me)") })
            #expect(texts.contains { $0.hasPrefix("📸 A random photo") })
            let long = try #require(texts.first { $0.hasPrefix("👩‍👩‍👧") })
            #expect(long.utf16.count <= 1024 && long.utf16.count > 1000)
            #expect(long.allSatisfy { $0 == "👩‍👩‍👧" || $0 == "…" })
        }
    }

    @Test func `P12: a photo counts as shown only when Telegram took it, and a pause it asks for is kept`() async throws
    {
        try await GalleryScene.play(library: try .samples("dawn.jpg")) { scene in
            try await scene.plan(
                "error", "sendPhoto",
                ["code": 400, "count": 2, "description": "Bad Request: IMAGE_PROCESS_FAILED"])
            try await scene.plan("error", "sendDocument", ["code": 400, "description": "Bad Request: file is too big"])
            try await scene.alice.say("/random", to: bot)
            _ = try await scene.alice.next(from: bot)
            try await scene.plan("flood", "sendPhoto", ["seconds": 1])
            try await scene.alice.say("/random", to: bot)
            let noted = try await scene.settledHistory()
            let shown = try await scene.alice.history(of: bot).count { $0.media != nil }
            #expect(noted.count == shown && shown >= 1)
        }
    }

    @Test func `an answer that is lost doubles the photo at most, and that is counted`() async throws {
        try await GalleryScene.play { scene in
            try await scene.plan("lost", "sendPhoto", ["count": 1])
            try await scene.plan("lost", "sendDocument", ["count": 1])
            try await scene.alice.say("/random", to: bot)
            let photos = try await scene.next(2, for: scene.alice)
            #expect(photos[0].file == photos[1].file || photos[0].text == photos[1].text)
            let noted = try await scene.sentPhotos()
            #expect(noted.count == 1)
            #expect(scene.metrics.render().contains("bot_doubtful_sends_total 1"))
        }
    }

    @Test(arguments: ["html", "empty", "cut"])
    func `a proxy's page in place of an answer is no end of the matter`(kind: String) async throws {
        try await GalleryScene.play(library: try .samples("dawn.jpg")) { scene in
            try await scene.plan(kind, "sendPhoto")
            try await scene.alice.say("/random", to: bot)
            #expect(try await scene.alice.next(from: bot).media == "photo")
            let noted = try await scene.sentPhotos()
            #expect(noted.count == 1)
        }
    }

    @Test func `a file_id that Telegram has forgotten is dropped, and the photo uploaded anew`() async throws {
        try await GalleryScene.play(library: try .samples("dawn.jpg")) { scene in
            try await scene.alice.say("/random", to: bot)
            _ = try await scene.alice.next(from: bot)
            try await scene.plan(
                "error", "sendPhoto",
                ["code": 400, "description": "Bad Request: wrong file identifier/HTTP URL specified"])
            try await scene.alice.say("/random", to: bot)
            #expect(try await scene.alice.next(from: bot).media == "photo")
            let uploads = try await scene.calls("sendPhoto").count { call in
                call["arguments"]?["photo"]?.stringValue?.contains("bytes>") == true
            }
            #expect(uploads == 2)
        }
    }

    @Test func `somebody who blocks the bot while a photo is loaded ends nothing`() async throws {
        try await GalleryScene.play { scene in
            for method in ["sendPhoto", "sendDocument"] {
                try await scene.plan(
                    "error", method, ["code": 403, "description": "Forbidden: bot was blocked by the user"])
            }
            try await scene.alice.say("/random", to: bot)
            try await scene.alice.say("/stats", to: bot)
            #expect(try await scene.alice.next(from: bot).text.contains("to you: 0"))
        }
    }

    @Test func `the next photo is ready before it is asked for, and counts only when it is sent`() async throws {
        try await GalleryScene.play(library: try .samples("dawn.jpg", "lake.jpg", "fog.jpg")) { scene in
            try await scene.alice.say("/random", to: bot)
            let first = try await scene.alice.next(from: bot)
            try await eventually("the next photo is ready") { scene.gallery.ahead.isReady(for: 501) }
            #expect(try await scene.settledHistory().count == 1)
            // The library is gone, and yet there is a photo: nothing more has to be asked.
            scene.stash.setFault(.badGateway)
            try await scene.alice.say("/random", to: bot)
            let second = try await scene.alice.next(from: bot)
            #expect(second.media == "photo" && second.text != first.text)
            let noted = try await scene.settledHistory().map(\.image)
            #expect(Set(noted).count == 2)
        }
    }

    @Test func `a program that ends does not wait for a photo that nobody asked for`() async throws {
        try await GalleryScene.play { scene in
            try await scene.alice.say("/random", to: bot)
            _ = try await scene.alice.next(from: bot)
            scene.stash.setFault(.slow(.seconds(600)))
            try await scene.alice.say("/help", to: bot)
            _ = try await scene.alice.next(from: bot)
        }
    }
}

/// What BotKit says when a handler fails.
enum KitFailure {
    static let english = GalleryTexts.kitTexts.english.failure
}
