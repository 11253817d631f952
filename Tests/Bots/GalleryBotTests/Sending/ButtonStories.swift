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

/// The buttons below a photo, and the commands that do the same.
@Suite(.timeLimit(.minutes(3))) struct ButtonStories {
    private let bot = GalleryScene.botID

    @Test func `next brings another photo and confirms at once`() async throws {
        try await GalleryScene.play { scene in
            try await scene.alice.say("/random", to: bot)
            let first = try await scene.alice.next(from: bot)
            #expect(first.buttons == [["👍", "👎"], ["ℹ️", "⤓ original", "➡️ next"]])
            let answer = try await scene.alice.press("➡️ next", on: first, in: bot)
            #expect(answer.text == nil)
            let second = try await scene.alice.next(from: bot)
            #expect(second.media != nil && second.file != first.file)
        }
    }

    @Test func `the original comes as a file under its own name, by button, by answer and as the last one`()
        async throws
    {
        try await GalleryScene.play(library: try .samples("dawn.jpg")) { scene in
            try await scene.alice.say("/original", to: bot)
            #expect(try await scene.alice.next(from: bot).text.contains("answer to one of my photos"))
            try await scene.alice.say("/random", to: bot)
            let photo = try await scene.alice.next(from: bot)
            try await scene.alice.press("⤓ original", on: photo, in: bot)
            let file = try await scene.alice.next(from: bot)
            #expect(file.media == "document" && file.fileName == "dawn.jpg" && file.answers == photo.id)
            let bytes = try await scene.alice.download(file.file ?? "")
            let original = try SamplePicture.library[0].render()
            #expect(bytes == original)
            try await scene.alice.act(
                "messages", ["chat": .integer(bot), "text": "/original", "reply_to": .integer(photo.id)])
            #expect(try await scene.alice.next(from: bot).fileName == "dawn.jpg")
            try await scene.alice.say("/original", to: bot)
            #expect(try await scene.alice.next(from: bot).fileName == "dawn.jpg")
            #expect(try await scene.history().count == 1, "a file is no further photo")
        }
    }

    @Test func `a file beyond 50 MB is told with its size, without being loaded`() async throws {
        var library = try StashLibrary.samples("dawn.jpg")
        library.images[0].size = 61_300_000
        try await GalleryScene.play(library: library) { scene in
            try await scene.boris.say("/random", to: bot)
            let photo = try await scene.boris.next(from: bot)
            #expect(photo.media == "photo", "a rendition of it can be sent")
            try await scene.boris.press("⤓ оригинал", on: photo, in: bot)
            #expect(try await scene.boris.next(from: bot).text.contains("(61,3 МБ)"))
        }
    }

    @Test func `info tells what is known`() async throws {
        try await GalleryScene.play(
            library: try .samples("dawn.jpg"), time: ManualTime(now: Timestamp(seconds: 1_795_219_200))
        ) { scene in
            try await scene.alice.say("/random", to: bot)
            let photo = try await scene.alice.next(from: bot)
            try await scene.alice.press("ℹ️", on: photo, in: bot)
            let info = try await scene.alice.next(from: bot)
            for part in [
                "Dawn over the ridges", "dawn.jpg", "21 November 2024 (2 years ago)", "1280 × 853", "1.1 MP", "JPEG",
                "Mountains", "Mira", "dawn, hills", "★★★★☆ 80/100", "shown here 1 time",
            ] { #expect(info.text.contains(part), "\(part) in \(info.text)") }
            #expect(info.answers == photo.id)
            try await scene.alice.say("/info", to: bot)
            #expect(try await scene.alice.next(from: bot).text == info.text)
        }
    }

    @Test func `a button proves nothing in a chat that was never shown the photo`() async throws {
        try await GalleryScene.play { scene in
            try await scene.boris.say("/random", to: bot)
            let photo = try await scene.boris.next(from: bot)
            _ = try await scene.settledHistory()
            // As if the button came from another chat: its photo was never shown in this one.
            try await scene.database.execute("UPDATE sent_photos SET chat_id = 501")
            for label in ["ℹ️", "⤓ оригинал", "➡️ дальше"] {
                let answer = try await scene.boris.press(label, on: photo, in: bot)
                #expect(answer.text == "Этого фото я здесь не показывал." && answer.isAlert, "\(label)")
            }
            let noted = try await scene.settledHistory()
            #expect(noted.count == 1)
        }
    }

    /// Whether the list of a Stash's pictures tells their days.
    private static let listsDays = StashQuery.allCases.contains {
        $0.rawValue.contains("findImages") && $0.rawValue.contains(" date")
    }

    @Test(.enabled(if: listsDays)) func `today brings the same day of other years, with their number in the captions`()
        async throws
    {
        // 2026-11-21 12:00 UTC.
        let time = ManualTime(now: Timestamp(seconds: 1_795_262_400))
        try await GalleryScene.play(time: time) { scene in
            try await scene.alice.say("/today", to: bot)
            let messages = try await scene.next(3, for: scene.alice)
            let captions = messages.filter { $0.media != nil }.map(\.text)
            #expect(captions.contains { $0.hasPrefix("🗓 2 years ago today") })
            #expect(captions.contains { $0.hasPrefix("🗓 3 years ago today") })
            #expect(messages.last?.text.contains("2024, 2023") == true)
            #expect(messages.last?.buttons.last == ["📅 ± 3 days"])
            #expect(try await scene.history().allSatisfy { $0.source == "today" })
        }
    }

    @Test(.enabled(if: listsDays)) func `a day without photos is no fault, and the days around it are a button away`()
        async throws
    {
        let time = ManualTime(now: Timestamp(seconds: 1_795_262_400 + 8 * 86_400))
        try await GalleryScene.play(time: time) { scene in
            // 29 November; there is one of 30 November 2020.
            try await scene.boris.say("/today", to: bot)
            let nothing = try await scene.boris.next(from: bot)
            #expect(nothing.text.hasPrefix("В этот день в другие годы ничего не снято"))
            try await scene.boris.press("📅 ± 3 дня", on: nothing, in: bot)
            let photo = try await scene.boris.next(from: bot)
            #expect(photo.media == "photo" && photo.text.hasPrefix("🗓 6 лет назад, 30 ноября 2020"))
        }
    }

    @Test func `what moves is sent as such, with a still where it is too large`() async throws {
        try await GalleryScene.play(library: try .samples("evening-light.mp4")) { scene in
            // What the bot does is shown beside the sending: the film waits until it is.
            try await scene.plan("flood", "sendVideo", ["seconds": 1, "count": 1000])
            try await scene.alice.say("/random", to: bot)
            try await eventually("the chat shows that a film is sent") {
                try await scene.calls("sendChatAction").contains { $0["arguments"]?["action"] == "upload_video" }
            }
            try await scene.alice.act("faults/clear", [:])
            let film = try await scene.alice.next(from: bot)
            #expect(film.media == "video" && film.view["media"]?["duration"] == 2)
            #expect(film.view["media"]?["w"]?.integerValue == 320)
        }
        try await GalleryScene.play(library: try .samples("wandering-light.gif")) { scene in
            try await scene.alice.say("/random", to: bot)
            #expect(try await scene.alice.next(from: bot).media == "animation")
        }
        var heavy = try StashLibrary.samples("evening-light.mp4")
        heavy.images[0].size = 80_000_000
        try await GalleryScene.play(library: heavy) { scene in
            try await scene.alice.say("/random", to: bot)
            #expect(try await scene.alice.next(from: bot).media == "photo")
        }
        var webm = try StashLibrary.samples("evening-light.mp4")
        webm.images[0].clip?.format = "webm"
        webm.images[0].clip?.videoCodec = "vp9"
        webm.images[0].path = "/pictures/evening-light.webm"
        webm.images[0].source = .bytes(SampleClip.webm())
        try await GalleryScene.play(library: webm) { scene in
            try await scene.alice.say("/random", to: bot)
            let file = try await scene.alice.next(from: bot)
            #expect(file.media == "document" && file.fileName == "evening-light.webm")
        }
    }
}
