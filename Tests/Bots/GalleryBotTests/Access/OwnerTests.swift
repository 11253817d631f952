import BotKit
import JSON
import SQLiteStorage
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// What an owner does about people.
@Suite(.timeLimit(.minutes(2))) struct OwnerTests {
    private let bot = GalleryScene.botID
    private static let settings = GallerySettings(allowedUsers: [501])

    @Test func `the list of people has everybody, and turns somebody away and lets them in again`() async throws {
        try await GalleryScene.play(settings: Self.settings) { scene in
            try await scene.alice.say("/allow 502", to: bot)
            #expect(try await scene.alice.next(from: bot).text == "✅ 502 may use the bot now.")
            for _ in 0..<2 {
                try await scene.boris.say("/random", to: bot)
                _ = try await scene.boris.next(from: bot)
            }
            try await scene.boris.say("/help", to: bot)
            _ = try await scene.boris.next(from: bot)
            try await scene.alice.say("/users", to: bot)
            let list = try await scene.alice.next(from: bot)
            let lines = list.text.split(separator: "\n").map(String.init)
            #expect(lines.first == "👥 People: 2")
            #expect(lines.contains("Alice (@alice, 501) · owner"))
            #expect(lines.contains("Борис (@boris, 502)"))
            #expect(lines.last?.hasSuffix("2 photos") == true)
            #expect(list.buttons == [["🚫 Борис"]], "nobody of the configuration has a button")
            try await scene.alice.press("🚫 Борис", on: list, in: bot)
            let question = try await scene.alice.nextEdit(in: bot)
            #expect(
                question.text
                    == "Turn Борис (@boris, 502) away? They get no photos any more, by schedule neither. Nothing is deleted."
            )
            try await scene.alice.press("Yes", on: question, in: bot)
            let after = try await scene.alice.nextEdit(in: bot)
            #expect(after.text.contains("Борис (@boris, 502) · turned away"))
            #expect(after.buttons == [["↩️ Борис"]])
            try await scene.boris.say("/random", to: bot)
            #expect(try await scene.boris.next(from: bot).text == GalleryTexts.russian.refusal)
            try await scene.alice.press("↩️ Борис", on: after, in: bot)
            let restore = try await scene.alice.nextEdit(in: bot)
            try await scene.alice.press("Yes", on: restore, in: bot)
            _ = try await scene.alice.nextEdit(in: bot)
            #expect(try await scene.boris.next(from: bot).text == AccessTexts.russian.letIn)
            let kept = try await scene.database.query("SELECT * FROM sent_photos WHERE chat_id = 502")
            #expect(kept.count == 2)
        }
    }

    @Test func `somebody of the configuration cannot be turned away by command`() async throws {
        try await GalleryScene.play { scene in
            try await scene.alice.say("/deny 502", to: bot)
            #expect(
                try await scene.alice.next(from: bot).text
                    == "502 stands in the configuration, so no command can turn them away. Take the number out of "
                    + "gallery.telegram.allowed_user_ids and restart the bot.")
            try await scene.boris.say("/random", to: bot)
            #expect(try await scene.boris.next(from: bot).media != nil)
        }
    }

    @Test func `the picker, a contact and a number all name a person; other things do not`() async throws {
        try await GalleryScene.play(settings: Self.settings) { scene in
            try await scene.alice.say("/allow", to: bot)
            #expect(try await scene.alice.next(from: bot).text == AccessTexts.english.whomToAllow)
            try await scene.alice.press(keyboard: "👤 Choose a person", in: bot, ["users": [502]])
            #expect(try await scene.alice.next(from: bot).text == "✅ Борис (@boris, 502) may use the bot now.")
            try await scene.alice.say("/deny", to: bot)
            _ = try await scene.alice.next(from: bot)
            try await scene.alice.act(
                "messages",
                [
                    "chat": .integer(bot),
                    "contact": ["phone": "+1555", "first_name": "Boris", "user": 502],
                ])
            let answer = try await scene.alice.next(from: bot).text
            #expect(answer.hasPrefix("🚫 Bor") || answer == AccessTexts.english.hiddenPerson)
            try await scene.alice.say("/deny", to: bot)
            _ = try await scene.alice.next(from: bot)
            try await scene.alice.say("whoever", to: bot)
            #expect(try await scene.alice.next(from: bot).text == AccessTexts.english.nobodyMeant)
            try await scene.alice.say("/allow @nobody_known", to: bot)
            #expect(try await scene.alice.next(from: bot).text == AccessTexts.english.unknownUsername("nobody_known"))
        }
    }

    @Test(arguments: ["/users", "/allow 503", "/deny 501", "/invite", "/invites", "/groups"])
    func `nobody but an owner can use an owner's command, and no button of theirs`(_ command: String) async throws {
        try await GalleryScene.play { scene in
            try await scene.boris.say(command, to: bot)
            #expect(try await scene.boris.next(from: bot).text == "Это может только владелец бота.")
            let members = try await scene.database.query("SELECT * FROM gallery_members")
            let invitations = try await scene.database.query("SELECT * FROM gallery_invitations")
            #expect(members.isEmpty && invitations.isEmpty)
        }
    }

    @Test func `wrong numbers in an invitation are explained`() async throws {
        try await GalleryScene.play { scene in
            for command in ["/invite 0", "/invite 7 1000", "/invite soon"] {
                try await scene.alice.say(command, to: bot)
                #expect(
                    try await scene.alice.next(from: bot).text
                        == "Please write it like this: /invite [days, 1 to 365] [people, 1 to 100]")
            }
        }
    }

    @Test func `the menu offers more to the owner, less in groups`() async throws {
        try await GalleryScene.play { scene in
            // The owner's own menu can be set only after they have written.
            try await scene.alice.say("/start", to: bot)
            _ = try await scene.alice.next(from: bot)
            await scene.gallery.bot.setCommands()
            let owner = try await names("commands?user=501&chat=\(bot)", scene)
            let other = try await names("commands?user=502&chat=\(bot)", scene)
            #expect(Array(owner.prefix(other.count)) == other, "what everybody may do stands first")
            #expect(
                Set(owner.dropFirst(other.count)).isSuperset(of: [
                    "users", "invite", "invites", "groups", "allow", "deny",
                ]))
            #expect(other.contains("export") && other.contains("random"))
            let chat = try await scene.alice.act(
                "chats", ["type": "supergroup", "title": "Party", "members": [502, .integer(bot)]])
            let group = try #require(chat["chat"]?["id"]?.integerValue)
            let shown = try await names("commands?user=502&chat=\(group)", scene)
            #expect(shown.contains("random") && !shown.contains("export") && !shown.contains("users"))
            #expect(!shown.contains("settings") && other.contains("settings"))
        }
    }

    private func names(_ path: String, _ scene: GalleryScene) async throws -> [String] {
        let list = try await scene.alice.get(path)["commands"]?.arrayValue ?? []
        return list.compactMap { $0["command"]?.stringValue }
    }

    @Test func `both languages have the same buttons and say something everywhere`() {
        for texts in [AccessTexts.english, .russian] {
            let said = [
                texts.askOwner, texts.asked, texts.askedBefore, texts.nobodyToAsk, texts.badInvitation, texts.letIn,
                texts.alreadyIn, texts.whomToAllow, texts.whomToDeny, texts.choosePerson, texts.hiddenPerson,
                texts.nobodyMeant, texts.isBot, texts.privatelyPlease, texts.ownerOnly, texts.yes, texts.no,
                texts.noInvitations, texts.revoked, texts.showHere, texts.leave, texts.notOpenHere, texts.openHere,
                texts.noGroups, texts.groupUnknown,
            ]
            #expect(said.allSatisfy { !$0.isEmpty })
            // Answers over the chat have at most 200 characters.
            #expect(
                [texts.asked, texts.askedBefore, texts.nobodyToAsk, texts.alreadyIn].allSatisfy {
                    $0.utf16.count <= 200
                })
        }
    }

    @Test func `a library that refuses the key is told to the owner once, and to nobody else`() async throws {
        try await GalleryScene.play(stashKey: "wrong") { scene in
            for person in [scene.alice, scene.boris] {
                try await person.say("/start", to: bot)
                _ = try await person.next(from: bot)
            }
            for _ in 0..<2 {
                try await scene.gallery.checkLibrary()
            }
            #expect(
                try await scene.alice.next(from: bot).text.hasPrefix("⚠️ The photo library does not accept the key."))
            try await scene.alice.say("/help", to: bot)
            #expect(try await scene.alice.next(from: bot).text.hasPrefix("Commands"), "told once")
            let boris = try await scene.boris.history(of: bot).filter { $0.text.contains("⚠️") }
            #expect(boris.isEmpty)
        }
    }
}
