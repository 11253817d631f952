import BotKit
import JSON
import PhotoLibraries
import SQLiteStorage
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// What people see when they vote, and what they ask for afterwards.
@Suite(.timeLimit(.minutes(2))) struct VoteConversationTests {
    private let bot = GalleryScene.botID

    @Test func `votes show on the buttons, change, and can be taken back`() async throws {
        try await GalleryScene.play { scene in
            let photo = try await scene.show([GalleryScene.photo(1)], to: bot, seenBy: scene.alice)
            #expect(photo.buttons == [["👍", "👎"], ["ℹ️"]])
            let liked = try await scene.press("👍", on: photo, in: bot, by: scene.alice)
            #expect(liked.answer == "👍 Noted")
            #expect(liked.message.buttons == [["✅ 👍", "👎"], ["ℹ️"]])
            let disliked = try await scene.press("👎", on: liked.message, in: bot, by: scene.alice)
            #expect(disliked.answer == "👎 Changed")
            #expect(disliked.message.buttons == [["👍", "✅ 👎"], ["ℹ️"], ["🙈 Hide “Summer & <Fun>”…"]])
            let undone = try await scene.press("✅ 👎", on: disliked.message, in: bot, by: scene.alice)
            #expect(undone.answer == "Your vote is taken back")
            #expect(undone.message.buttons == [["👍", "👎"], ["ℹ️"]])
            #expect(try await scene.storedVotes() == [])
        }
    }

    @Test func `a gallery is hidden only by the answer “Hide”, and brought back from the list`() async throws {
        try await GalleryScene.play { scene in
            let photo = try await scene.show([GalleryScene.photo(1)], to: bot, seenBy: scene.alice)
            let disliked = try await scene.press("👎", on: photo, in: bot, by: scene.alice)
            let asked = try await scene.press(
                "🙈 Hide “Summer & <Fun>”…", on: disliked.message, in: bot, by: scene.alice)
            #expect(asked.answer == nil)
            #expect(
                asked.message.buttons == [
                    ["👍", "✅ 👎"], ["ℹ️"], ["Hide “Summer & <Fun>”?"], ["Hide", "Keep"],
                ])
            let meaning = try await scene.alice.press("Hide “Summer & <Fun>”?", on: asked.message, in: bot)
            #expect(
                meaning.text
                    == "“Hide”: photos of “Summer & <Fun>” no longer come to this chat. /excluded brings them back.")
            #expect(meaning.isAlert)
            let kept = try await scene.press("Keep", on: asked.message, in: bot, by: scene.alice)
            #expect(kept.answer == "It stays.")
            #expect(kept.message.buttons == [["👍", "✅ 👎"], ["ℹ️"]])
            try await scene.alice.say("/excluded", to: bot)
            #expect(
                try await scene.alice.next(from: bot).text
                    == "You have hidden no gallery. After a 👎 a button under the photo offers to.")

            // The same to the end this time.
            let again = try await scene.press("👍", on: kept.message, in: bot, by: scene.alice)
            let down = try await scene.press("👎", on: again.message, in: bot, by: scene.alice)
            let question = try await scene.press(
                "🙈 Hide “Summer & <Fun>”…", on: down.message, in: bot, by: scene.alice)
            let hidden = try await scene.press("Hide", on: question.message, in: bot, by: scene.alice)
            #expect(hidden.answer == "“Summer & <Fun>” is hidden. /excluded brings it back.")
            #expect(hidden.message.buttons == [["👍", "✅ 👎"], ["ℹ️"]])
            try await scene.alice.say("/excluded", to: bot)
            let list = try await scene.alice.next(from: bot)
            #expect(list.text == "🙈 Hidden galleries: 1\n\nPress one to see its photos again.")
            #expect(list.buttons == [["↩️ Summer & <Fun>"]])
            let restored = try await scene.press("↩️ Summer & <Fun>", on: list, in: bot, by: scene.alice)
            #expect(restored.answer == "“Summer & <Fun>” is back.")
            #expect(restored.message.buttons == [])
            #expect(
                restored.message.text == "You have hidden no gallery. After a 👎 a button under the photo offers to.")
        }
    }

    @Test func `the same in Russian`() async throws {
        try await GalleryScene.play { scene in
            let photo = try await scene.show(
                [GalleryScene.photo(1, gallery: "Лето у моря")], to: bot, seenBy: scene.boris)
            let disliked = try await scene.press("👎", on: photo, in: bot, by: scene.boris)
            #expect(disliked.answer == "👎 Учтено")
            #expect(disliked.message.buttons == [["👍", "✅ 👎"], ["ℹ️"], ["🙈 Скрыть «Лето у моря»…"]])
            let asked = try await scene.press(
                "🙈 Скрыть «Лето у моря»…", on: disliked.message, in: bot, by: scene.boris)
            #expect(
                asked.message.buttons == [
                    ["👍", "✅ 👎"], ["ℹ️"], ["Скрыть «Лето у моря»?"], ["Скрыть", "Оставить"],
                ])
            let meaning = try await scene.boris.press("Скрыть «Лето у моря»?", on: asked.message, in: bot)
            #expect(
                meaning.text
                    == "«Скрыть»: фото из «Лето у моря» больше не будут приходить в этот чат. Вернуть: /excluded.")
            let hidden = try await scene.press("Скрыть", on: asked.message, in: bot, by: scene.boris)
            #expect(hidden.answer == "Галерея «Лето у моря» скрыта. Вернуть: /excluded.")
            try await scene.boris.say("/excluded", to: bot)
            let list = try await scene.boris.next(from: bot)
            #expect(list.text == "🙈 Скрытые галереи: 1\n\nНажмите на галерею, чтобы снова видеть её фото.")
            let restored = try await scene.press("↩️ Лето у моря", on: list, in: bot, by: scene.boris)
            #expect(restored.answer == "Галерея «Лето у моря» возвращена.")
            #expect(
                restored.message.text
                    == "Скрытых галерей у вас нет. Скрыть галерею предложит кнопка под фото после 👎.")
            let changed = try await scene.press("👍", on: hidden.message, in: bot, by: scene.boris)
            #expect(changed.answer == "👍 Голос изменён")
            let undone = try await scene.press("✅ 👍", on: changed.message, in: bot, by: scene.boris)
            #expect(undone.answer == "Голос отозван")
        }
    }

    @Test func `P9: three 👎 open the question under the photo, once for each gallery and person`() async throws {
        try await GalleryScene.play { scene in
            var last: [[String]] = []
            var answers: [String?] = []
            for id in 1...4 {
                let photo = try await scene.show([GalleryScene.photo(id)], to: bot, seenBy: scene.alice)
                let pressed = try await scene.press("👎", on: photo, in: bot, by: scene.alice)
                answers.append(pressed.answer)
                last = pressed.message.buttons
                let isQuestion = last.count == 4
                #expect(isQuestion == (id == 3), "photo \(id) shows \(last)")
                if isQuestion {
                    #expect(last.dropFirst(2) == [["Hide “Summer & <Fun>”?"], ["Hide", "Keep"]])
                    _ = try await scene.press("Keep", on: pressed.message, in: bot, by: scene.alice)
                }
            }
            #expect(
                answers == [
                    "👎 Noted", "👎 Noted", "👎 Noted. That makes 3 in “Summer & <Fun>”. Hide the gallery?", "👎 Noted",
                ])
            #expect(last.last == ["🙈 Hide “Summer & <Fun>”…"])
            // Another gallery has a count of its own, and so has another person.
            for id in 5...7 {
                let photo = try await scene.show(
                    [GalleryScene.photo(id, gallery: "Beach")], to: bot, seenBy: scene.alice)
                let pressed = try await scene.press("👎", on: photo, in: bot, by: scene.alice)
                #expect((pressed.message.buttons.count == 4) == (id == 7))
            }
            let first = try await scene.show([GalleryScene.photo(1)], to: bot, seenBy: scene.boris)
            let pressed = try await scene.press("👎", on: first, in: bot, by: scene.boris)
            #expect(pressed.answer == "👎 Учтено")
        }
    }

    @Test func `an album has two buttons for each photo, and each shows its own state`() async throws {
        try await GalleryScene.play { scene in
            let photos = (1...5).map { GalleryScene.photo($0, gallery: "Gallery \($0)") }
            let row = try await scene.show(photos, to: bot, seenBy: scene.alice)
            #expect(
                row.buttons == [
                    ["1 👍", "1 👎", "2 👍", "2 👎"], ["3 👍", "3 👎", "4 👍", "4 👎"], ["5 👍", "5 👎"], ["ℹ️"],
                ])
            let liked = try await scene.press("4 👍", on: row, in: bot, by: scene.alice)
            let disliked = try await scene.press("1 👎", on: liked.message, in: bot, by: scene.alice)
            #expect(
                disliked.message.buttons == [
                    ["1 👍", "✅ 1 👎", "2 👍", "2 👎"], ["3 👍", "3 👎", "✅ 4 👍", "4 👎"], ["5 👍", "5 👎"], ["ℹ️"],
                    ["🙈 Hide “Gallery 1”…"],
                ])
            #expect(try await scene.storedVotes() == [[501, 1, -1], [501, 4, 1]])
        }
    }

    @Test func `ten photos fit one keyboard`() throws {
        let states = (1...10).map { Votes.State(photo: .max - $0, own: .down, tally: nil, serial: .max) }
        let markup = try InlineKeyboard(rows: VoteKeyboard.rows(states)).inlineMarkup()
        #expect(markup.inlineKeyboard.map(\.count) == [4, 4, 4, 4, 4])
        #expect(VoteKeyboard.photos(in: markup) == states.map(\.photo))
    }

    @Test func `preferences: first a friendly word, then names with figures`() async throws {
        try await GalleryScene.play { scene in
            try await scene.alice.say("/preferences", to: bot)
            #expect(
                try await scene.alice.next(from: bot).text
                    == "You have not voted yet. Press 👍 or 👎 under a photo, and I show you more of what you like.")
            try await scene.boris.say("/preferences", to: bot)
            #expect(
                try await scene.boris.next(from: bot).text
                    == "Вы ещё не голосовали. Нажимайте 👍 или 👎 под фото, и я буду чаще показывать то, что вам нравится."
            )
            let long = String(repeating: "Very ", count: 10) + "long"
            for id in 1...6 {
                let photo = try await scene.show(
                    [GalleryScene.photo(id, gallery: id <= 3 ? "A & <b>B</b>" : long, performers: ["Mira & Co"])],
                    to: bot, seenBy: scene.alice)
                _ = try await scene.press(id <= 3 ? "👍" : "👎", on: photo, in: bot, by: scene.alice)
                if id == 2 {
                    try await scene.alice.say("/preferences", to: bot)
                    #expect(
                        try await scene.alice.next(from: bot).text
                            == "❤️ What you like\n👍 2 / 👎 0\n\nNothing stands out so far: "
                            + "a gallery or a person counts from 3 votes on.")
                }
            }
            let one = try await scene.show(
                [GalleryScene.photo(7, gallery: nil, performers: ["Mira & Co"])], to: bot, seenBy: scene.alice)
            _ = try await scene.press("👍", on: one, in: bot, by: scene.alice)
            try await scene.alice.say("/preferences", to: bot)
            let english = """
                ❤️ What you like
                👍 4 / 👎 3

                👍 People
                Mira & Co · 👍 4 / 👎 3

                👍 Galleries
                A & <b>B</b> · 👍 3 / 👎 0

                👎 Galleries
                Very Very Very Very Very Very… · 👍 0 / 👎 3
                """
            #expect(try await scene.alice.next(from: bot).text == english)
        }
    }

    @Test func `preferences in Russian`() async throws {
        try await GalleryScene.play { scene in
            for id in 1...3 {
                let photo = try await scene.show(
                    [GalleryScene.photo(id, gallery: "Горы", performers: ["Олег"])], to: bot, seenBy: scene.boris)
                _ = try await scene.press("👍", on: photo, in: bot, by: scene.boris)
                guard id == 1 else { continue }
                try await scene.boris.say("/preferences", to: bot)
                #expect(
                    try await scene.boris.next(from: bot).text
                        == "❤️ Что вам нравится\n👍 1 / 👎 0\n\nПока ничто не выделяется: "
                        + "галерея или человек учитываются, когда наберётся 3 голоса.")
            }
            try await scene.boris.say("/preferences", to: bot)
            let russian = """
                ❤️ Что вам нравится
                👍 3 / 👎 0

                👍 Люди
                Олег · 👍 3 / 👎 0

                👍 Галереи
                Горы · 👍 3 / 👎 0
                """
            #expect(try await scene.boris.next(from: bot).text == russian)
        }
    }

    @Test func `a group's buttons count, and a vote there is the group's`() async throws {
        try await GalleryScene.play { scene in
            let group = try await scene.openGroup()
            let photo = try await scene.show([GalleryScene.photo(1)], to: group, seenBy: scene.alice)
            #expect(photo.buttons == [["👍", "👎"], ["ℹ️"]])
            let first = try await scene.press("👍", on: photo, in: group, by: scene.alice)
            #expect(first.message.buttons == [["👍 1", "👎"], ["ℹ️"]])
            _ = try await scene.boris.nextEdit(in: group)
            let second = try await scene.press("👍 1", on: first.message, in: group, by: scene.boris)
            #expect(second.answer == "👍 Учтено")
            #expect(second.message.buttons == [["👍 2", "👎"], ["ℹ️"]])
            let undone = try await scene.press("👍 2", on: second.message, in: group, by: scene.boris)
            #expect(undone.answer == "Голос отозван")
            #expect(undone.message.buttons == [["👍 1", "👎"], ["ℹ️"]])
            // In her private chat, Alice's vote is hers wherever she cast it.
            let own = try await scene.show([GalleryScene.photo(1)], to: bot, seenBy: scene.alice)
            #expect(own.buttons == [["✅ 👍", "👎"], ["ℹ️"]])
        }
    }

    @Test func `in a group a guest votes but hides nothing`() async throws {
        try await GalleryScene.play(settings: GallerySettings(allowedUsers: [501])) { scene in
            let group = try await scene.openGroup()
            let photo = try await scene.show([GalleryScene.photo(1)], to: group, seenBy: scene.boris)
            let voted = try await scene.press("👎", on: photo, in: group, by: scene.boris)
            #expect(voted.answer == "👎 Учтено")
            #expect(voted.message.buttons == [["👍", "👎 1"], ["ℹ️"]])
            // Alice may; what she has opened stays when others vote, and answers to her alone.
            _ = try await scene.alice.nextEdit(in: group)
            let offered = try await scene.press("👎 1", on: voted.message, in: group, by: scene.alice)
            #expect(offered.message.buttons.last == ["🙈 Hide “Summer & <Fun>”…"])
            let asked = try await scene.press(
                "🙈 Hide “Summer & <Fun>”…", on: offered.message, in: group, by: scene.alice)
            let refused = try await scene.boris.press("Hide", on: asked.message, in: group)
            #expect(refused.text == "Скрывать галереи в группе могут только те, кто ею управляет.")
            #expect(refused.isAlert)
            for _ in 0..<2 { _ = try await scene.boris.nextEdit(in: group) }
            let changed = try await scene.press("👍", on: asked.message, in: group, by: scene.boris)
            #expect(
                changed.message.buttons == [
                    ["👍 1", "👎 1"], ["ℹ️"], ["Hide “Summer & <Fun>”?"], ["Hide", "Keep"],
                ])
        }
    }

    @Test func `hidden galleries come in pages`() async throws {
        try await GalleryScene.play { scene in
            try await scene.database.write { connection in
                for number in 1...10 {
                    try Exclusions().add(
                        "long/path/" + String(repeating: "ö", count: 90) + "\(number)", name: "Gallery \(number)",
                        by: 501, scope: TasteScope(UserID(501)), now: Timestamp(seconds: Int64(number)),
                        in: connection)
                }
            }
            try await scene.alice.say("/excluded", to: bot)
            let first = try await scene.alice.next(from: bot)
            #expect(first.text == "🙈 Hidden galleries: 10\n\nPress one to see its photos again.")
            #expect(first.buttons.map { $0[0] }.prefix(2) == ["↩️ Gallery 10", "↩️ Gallery 9"])
            #expect(first.buttons.count == 9 && first.buttons.last == ["‹", "1/2", "›"])
            let second = try await scene.press("›", on: first, in: bot, by: scene.alice)
            #expect(second.message.buttons == [["↩️ Gallery 2"], ["↩️ Gallery 1"], ["‹", "2/2", "›"]])
            let third = try await scene.press("↩️ Gallery 1", on: second.message, in: bot, by: scene.alice)
            #expect(third.answer == "“Gallery 1” is back.")
            #expect(third.message.buttons.first == ["↩️ Gallery 2"])
        }
    }
}
