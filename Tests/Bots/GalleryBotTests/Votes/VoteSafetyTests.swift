import BotKit
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

/// Nothing is counted twice, nothing is lost, and nobody votes where they were not shown a photo.
@Suite(.timeLimit(.minutes(2))) struct VoteSafetyTests {
    private let bot = GalleryScene.botID

    /// A press as Telegram reports it, for handing to the bot past the simulator.
    private func update(
        _ id: Int, user: Int64 = 501, message: JSONValue, data: String
    ) -> RawUpdate {
        let update: JSONValue = [
            "update_id": .integer(Int64(id)),
            "callback_query": [
                "id": .string("1\(id)"), "chat_instance": "1", "data": .string(data),
                "from": [
                    "id": .integer(user), "is_bot": false, "first_name": "Alice", "language_code": "en",
                ], "message": message,
            ],
        ]
        return RawUpdate(updateID: id, json: update.serialised())
    }

    private func message(_ number: Int64, in chat: Int64, press: VotePress? = nil) throws -> JSONValue {
        var message: JSONObject = [
            "message_id": .integer(number), "date": 1_700_000_000,
            "chat": ["id": .integer(chat), "type": "private", "first_name": "Alice"], "text": "A photo",
        ]
        if let press {
            message["reply_markup"] = [
                "inline_keyboard": [[["text": "👍", "callback_data": .string(try press.callbackData())]]]
            ]
        }
        return .object(message)
    }

    @Test func `an update that comes again counts once`() async throws {
        try await GalleryScene.play { scene in
            let photo = try await scene.show([GalleryScene.photo(1)], to: bot, seenBy: scene.alice)
            let press = VotePress(photo: 1, value: 1, seen: 0)
            let raw = update(
                900_000, message: try message(photo.id, in: 501, press: press), data: try press.callbackData())
            for _ in 0..<3 {
                let isHandled = try await scene.gallery.bot.handle(raw)
                #expect(isHandled)
            }
            #expect(try await scene.storedVotes() == [[501, 1, 1]])
        }
    }

    @Test func `two quick presses count once, and a third person's none`() async throws {
        try await GalleryScene.play { scene in
            let photo = try await scene.show([GalleryScene.photo(1)], to: bot, seenBy: scene.alice)
            // Both are on their way before either is answered.
            async let first = scene.alice.press("👍", on: photo, in: bot)
            async let second = scene.alice.press("👍", on: photo, in: bot)
            let answers = try await [first.text, second.text]
            #expect(Set(answers) == ["👍 Noted", "👍 Noted already"])
            #expect(try await scene.storedVotes() == [[501, 1, 1]])
        }
    }

    @Test func `many people at once are all counted`() async throws {
        try await GalleryScene.play { scene in
            let photo = try await scene.show([GalleryScene.photo(1)], to: bot, seenBy: scene.alice)
            _ = photo
            let group = TasteScope(ChatID(-77))
            let votes = Votes()
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for user in 1...40 as ClosedRange<Int64> {
                    tasks.addTask {
                        for round in 0..<3 {
                            _ = try await scene.database.write { connection in
                                try votes.apply(
                                    Votes.Press(
                                        user: user, photo: 1, scope: group, value: user % 4 == 0 ? .down : .up,
                                        seen: 0, time: Timestamp(seconds: 1000 + Int64(round))), in: connection)
                            }
                        }
                    }
                }
                try await tasks.waitForAll()
            }
            let state = try await scene.database.read { try votes.state(of: 1, in: group, $0) }
            #expect(state.tally == Votes.Tally(up: 30, down: 10))
        }
    }

    @Test func `vote, mark and job are one transaction: if one fails, nothing is stored`() async throws {
        let settings = GallerySettings(allowedUsers: [501, 502], votes: VoteSettings(writesRating: true))
        try await GalleryScene.play(settings: settings) { scene in
            let photo = try await scene.show([GalleryScene.photo(12)], to: bot, seenBy: scene.alice)
            // As if the process ended just before the update is marked.
            try await scene.database.write { connection in
                try connection.run(
                    script: """
                        CREATE TRIGGER end_of_process BEFORE UPDATE ON bot_updates
                        WHEN EXISTS (SELECT 1 FROM votes)
                        BEGIN SELECT RAISE(ABORT, 'the end of the process'); END;
                        """)
            }
            let failed = try await scene.alice.press("👍", on: photo, in: bot)
            #expect(failed.isAlert)
            #expect(try await scene.storedVotes() == [])
            let jobs: Int? = try await scene.database.read { connection in
                try connection.value("SELECT COUNT(*) FROM jobs WHERE kind = \(WriteVotes.kind)")
            }
            #expect(jobs == 0)
            #expect(scene.stash.library.images[11].rating100 == nil)
            try await scene.database.write { try $0.run(script: "DROP TRIGGER end_of_process") }
            let counted = try await scene.press("👍", on: photo, in: bot, by: scene.alice)
            #expect(counted.answer == "👍 Noted")
            #expect(try await scene.storedVotes() == [[501, 1, 1]])
        }
    }

    @Test func `a number that was not shown in this chat counts for nothing`() async throws {
        try await GalleryScene.play { scene in
            let boris = try await scene.show([GalleryScene.photo(2)], to: bot, seenBy: scene.boris)
            #expect(boris.buttons.count == 2)
            let alice = try await scene.show([GalleryScene.photo(1)], to: bot, seenBy: scene.alice)
            for number in [1, 999] as [Int64] {
                // Photo 1 is Boris's; Alice's has the number 2.
                let press = VotePress(photo: number, value: -1, seen: 0)
                let raw = update(
                    900_000 + Int(number), message: try message(alice.id, in: 501), data: try press.callbackData())
                _ = try await scene.gallery.bot.handle(raw)
                let hide = HidePress(photo: number, step: .hide)
                let hiding = update(
                    910_000 + Int(number), message: try message(alice.id, in: 501), data: try hide.callbackData())
                _ = try await scene.gallery.bot.handle(hiding)
            }
            #expect(try await scene.storedVotes() == [])
            let hidden = try await scene.database.read {
                try Exclusions().all(of: TasteScope(UserID(501)), in: $0)
            }
            #expect(hidden == [])
        }
    }

    @Test func `a photo of which nothing is known any more gets a polite word`() async throws {
        try await GalleryScene.play { scene in
            let photo = try await scene.show([GalleryScene.photo(1)], to: bot, seenBy: scene.alice)
            try await scene.database.execute("DELETE FROM gallery_photos")
            let answer = try await scene.alice.press("👍", on: photo, in: bot)
            #expect(answer.isAlert)
            #expect(
                answer.text
                    == "I have no record of showing this photo here, so I cannot count your vote. "
                    + "/random shows another.")
            let other = try await scene.show([GalleryScene.photo(2)], to: bot, seenBy: scene.boris)
            try await scene.database.execute("DELETE FROM gallery_photos")
            #expect(
                try await scene.boris.press("👎", on: other, in: bot).text
                    == "Не помню, чтобы показывал здесь это фото, поэтому голос не учтён. Другое фото: /random.")
        }
    }

    @Test func `a vote counts below a photo whose sending was not noted, because the program died just then`()
        async throws
    {
        try await GalleryScene.play { scene in
            let photo = try await scene.show([GalleryScene.photo(1)], to: bot, seenBy: scene.alice)
            try await scene.database.execute("DELETE FROM sent_photos")
            #expect(try await scene.alice.press("👍", on: photo, in: bot).text == "👍 Noted")
            #expect(try await scene.storedVotes() == [[501, 1, 1]])
        }
    }

    @Test func `a message that Telegram no longer shows changes nothing`() async throws {
        try await GalleryScene.play { scene in
            let photo = try await scene.show([GalleryScene.photo(1)], to: bot, seenBy: scene.alice)
            let inaccessible: JSONValue = [
                "message_id": .integer(photo.id), "date": 0,
                "chat": ["id": 501, "type": "private", "first_name": "Alice"],
            ]
            let press = VotePress(photo: 1, value: 1, seen: 0)
            let isHandled = try await scene.gallery.bot.handle(
                update(900_000, message: inaccessible, data: try press.callbackData()))
            #expect(isHandled)
            #expect(try await scene.storedVotes() == [])
        }
    }

    @Test func `P10: who sends and who counts share the database, so a restart forgets no photo`() async throws {
        try await GalleryScene.play { scene in
            let photo = try await scene.show([GalleryScene.photo(1)], to: bot, seenBy: scene.alice)
            // Another process, which has sent nothing itself.
            let restarted = try scene.bot(with: GallerySettings(allowedUsers: [501, 502]))
            let press = VotePress(photo: 1, value: -1, seen: 0)
            _ = try await restarted.bot.handle(
                update(900_000, message: try message(photo.id, in: 501, press: press), data: try press.callbackData()))
            #expect(try await scene.storedVotes() == [[501, 1, -1]])
            let edited = try await scene.alice.nextEdit(in: bot)
            #expect(edited.buttons.first == ["👍", "✅ 👎"])
        }
    }

    @Test func `P13: what one person dislikes, another still likes`() async throws {
        try await GalleryScene.play { scene in
            for id in 1...3 {
                let alice = try await scene.show([GalleryScene.photo(id)], to: bot, seenBy: scene.alice)
                _ = try await scene.press("👎", on: alice, in: bot, by: scene.alice)
                let boris = try await scene.show([GalleryScene.photo(id)], to: bot, seenBy: scene.boris)
                _ = try await scene.press("👍", on: boris, in: bot, by: scene.boris)
            }
            #expect(
                try await scene.storedVotes() == [
                    [501, 1, -1], [501, 2, -1], [501, 3, -1], [502, 1, 1], [502, 2, 1], [502, 3, 1],
                ])
            let taste = TasteStore(database: scene.database, rules: Preferences.Rules(), time: SystemTime())
            let hers = try await taste.taste(of: TasteScope(UserID(501)))
            let his = try await taste.taste(of: TasteScope(UserID(502)))
            let (low, high) = (
                try #require(hers.galleryWeights["gallery Summer & <Fun>"]),
                try #require(his.galleryWeights["gallery Summer & <Fun>"])
            )
            #expect(low < 0.3 && high > 3)
            #expect(hers.votes == ["1": -1, "2": -1, "3": -1] && his.votes == ["1": 1, "2": 1, "3": 1])
            #expect(hers.excludedGalleries == [], "nothing is hidden without being asked")
        }
    }
}
