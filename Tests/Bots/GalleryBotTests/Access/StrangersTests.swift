import BotKit
import Cryptography
import JSON
import SQLiteStorage
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// What somebody meets who is not on the list: Boris, while Alice owns the bot.
@Suite(.timeLimit(.minutes(2))) struct StrangersTests {
    private let bot = GalleryScene.botID
    private static let settings = GallerySettings(allowedUsers: [501])

    /// What a person has been told, once everything that the bot was asked before is done.
    private func told(_ person: SimulatedPerson, _ scene: GalleryScene) async throws -> [String] {
        try await scene.alice.say("/help", to: bot)
        repeat {} while try await !scene.alice.next(from: bot).text.contains("/random – ")
        // What came before is stored by now, but each person has a lane of their own.
        try await eventually("everything is handled") {
            try await scene.database.one("SELECT 1 FROM bot_updates WHERE handled_at IS NULL") == nil
        }
        return try await person.history(of: bot).filter { $0.view["out"]?.boolValue != true }.map(\.text)
    }

    @Test func `the refusal offers to ask the owner, who is asked once and answers with a button`() async throws {
        try await GalleryScene.play(settings: Self.settings) { scene in
            try await scene.boris.say("/start", to: bot)
            let refusal = try await scene.boris.next(from: bot)
            #expect(
                refusal.text == "Извините, здесь личные фото, и вас нет в списке. Добавить вас может владелец бота.")
            #expect(refusal.buttons == [["🔑 Попросить доступ"]])
            try await scene.alice.say("/start", to: bot)
            _ = try await scene.alice.next(from: bot)
            let answer = try await scene.boris.press("🔑 Попросить доступ", on: refusal, in: bot)
            #expect(answer.text == "Я передал вашу просьбу владельцу. Когда он вас впустит, я напишу.")
            let request = try await scene.alice.next(from: bot)
            #expect(request.text == "🔑 Борис (@boris, 502) asks to use the bot.")
            #expect(request.buttons == [["✅ Allow", "🚫 Deny"]])
            // The button is gone; a press that was on its way tells the owner nothing.
            let late = """
                {"update_id":9000001,"callback_query":{"id":"1","chat_instance":"1","data":"ask",
                "from":{"id":502,"is_bot":false,"first_name":"Boris","language_code":"ru"},
                "message":{"message_id":\(refusal.id),"date":1,"chat":{"id":502,"type":"private"},"text":"x"}}}
                """
            #expect(try await scene.gallery.bot.handle(RawUpdate(updateID: 9_000_001, json: Array(late.utf8))))
            try await scene.alice.press("✅ Allow", on: request, in: bot)
            #expect(try await scene.alice.nextEdit(in: bot).text == "✅ Борис (@boris, 502) may use the bot now.")
            #expect(
                try await scene.boris.next(from: bot).text
                    == "Владелец открыл вам доступ. Отправьте /start, и я всё покажу.")
            try await scene.boris.say("/random", to: bot)
            #expect(try await scene.boris.next(from: bot).media != nil)
            let requests = try await scene.alice.history(of: bot).filter { $0.text.contains("asks to use") }
            #expect(requests.count == 0, "the one request became the answer, and there is no other")
        }
    }

    @Test func `whoever is turned away gets no second chance to ask`() async throws {
        try await GalleryScene.play(settings: Self.settings) { scene in
            try await scene.boris.say("hello", to: bot)
            let refusal = try await scene.boris.next(from: bot)
            try await scene.alice.say("/deny 502", to: bot)
            #expect(
                try await scene.alice.next(from: bot).text
                    == "🚫 502 may not use the bot any more. Nothing is sent to them.")
            let answer = try await scene.boris.press("🔑 Попросить доступ", on: refusal, in: bot)
            #expect(answer.text == "Ваша просьба уже у владельца. Когда он вас впустит, я напишу.")
            let all = try await told(scene.boris, scene)
            #expect(all.count == 1)
        }
    }

    @Test func `an owner who never wrote to the bot cannot be asked, and the stranger may try again`() async throws {
        try await GalleryScene.play(settings: Self.settings) { scene in
            try await scene.boris.say("hello", to: bot)
            let refusal = try await scene.boris.next(from: bot)
            for _ in 0..<2 {
                let answer = try await scene.boris.press("🔑 Попросить доступ", on: refusal, in: bot)
                #expect(answer.text == "Сейчас не получается связаться с владельцем. Попробуйте позже.")
            }
        }
    }

    @Test func `an invitation lets in as many as it says, and says so to the owner`() async throws {
        try await GalleryScene.play(settings: Self.settings) { scene in
            try await scene.alice.say("/invite", to: bot)
            let text = try await scene.alice.next(from: bot).text
            #expect(
                text.hasPrefix(
                    "✉️ This link lets in one person. It is valid for 7 days:\n\nhttps://t.me/gallery_bot?start="))
            let token = try token(in: text)
            #expect(token.count == 22)
            let stored = try await scene.database.query("SELECT * FROM gallery_invitations")
            #expect(stored.count == 1)
            #expect(!stored.flatMap(\.values).contains(.text(token)), "only the hash is stored")
            try await scene.boris.act("start", ["bot": .integer(bot), "payload": .string(token)])
            #expect(try await scene.boris.next(from: bot).text.contains("Здравствуйте, Борис!"))
            #expect(try await scene.alice.next(from: bot).text == "✉️ Борис (@boris, 502) came in by your invitation.")
            // Somebody else finds it used up, and so does nobody's guess.
            try await scene.alice.act("users", ["first_name": "Carol", "id": 503, "language_code": "en"])
            let carol = scene.person(503)
            try await carol.act("start", ["bot": .integer(bot), "payload": .string(token)])
            #expect(
                try await carol.next(from: bot).text
                    == "This invitation is not valid: it was used, has run out or was taken back. Please ask for a new one."
            )
            let all = try await told(carol, scene)
            #expect(all.count == 1)
        }
    }

    @Test(arguments: ["expired", "revoked", "forged", "short", "of a former owner", "already used"])
    func `an invitation that is no good gets one polite answer, the same for every reason`(_ reason: String)
        async throws
    {
        try await GalleryScene.play(settings: Self.settings) { scene in
            try await scene.alice.say("/invite 30 5", to: bot)
            let text = try await scene.alice.next(from: bot).text
            #expect(text.hasPrefix("✉️ This link lets in 5 people. It is valid for 30 days:"))
            var token = try token(in: text)
            switch reason {
            case "expired": try await scene.database.execute("UPDATE gallery_invitations SET expires_at = 1")
            case "revoked":
                try await scene.alice.say("/invites", to: bot)
                let list = try await scene.alice.next(from: bot)
                let button = try #require(list.buttons.first?.first)
                #expect(button.hasPrefix("✖️ "))
                let answer = try await scene.alice.press(button, on: list, in: bot)
                #expect(answer.text == "Taken back. The link lets nobody in any more.")
                #expect(try await scene.alice.nextEdit(in: bot).text == "No invitation is open. /invite makes one.")
            case "forged": token = String(token.dropLast()) + (token.last == "A" ? "B" : "A")
            case "short": token = "invite"
            case "of a former owner":
                try await scene.database.execute("UPDATE gallery_invitations SET created_by = 502")
            default: try await scene.database.execute("UPDATE gallery_invitations SET uses_left = 0")
            }
            for _ in 0..<3 { try await scene.boris.act("start", ["bot": .integer(bot), "payload": .string(token)]) }
            let all = try await told(scene.boris, scene)
            #expect(
                all == [
                    "Это приглашение не действует: им уже воспользовались, срок вышел или его отозвали. Попросите новое."
                ])
            let members = try await scene.database.query("SELECT * FROM gallery_members")
            #expect(members.isEmpty)
        }
    }

    @Test func `after five bad links in a day not even a good one is looked at`() async throws {
        try await GalleryScene.play(settings: Self.settings) { scene in
            try await scene.alice.say("/invite", to: bot)
            let token = try token(in: try await scene.alice.next(from: bot).text)
            for _ in 0..<5 {
                try await scene.boris.act("start", ["bot": .integer(bot), "payload": .string(RandomToken().text)])
            }
            try await scene.boris.act("start", ["bot": .integer(bot), "payload": .string(token)])
            _ = try await told(scene.boris, scene)
            let members = try await scene.database.query("SELECT * FROM gallery_members")
            #expect(members.isEmpty)
            try await scene.database.execute("UPDATE gallery_strangers SET failed_at = failed_at - 90000000000")
            try await scene.boris.act("start", ["bot": .integer(bot), "payload": .string(token)])
            repeat {} while try await !scene.boris.next(from: bot).text.contains("Здравствуйте")
        }
    }

    private func token(in text: String) throws -> String {
        let link = try #require(text.split(separator: "start=").last)
        return String(link.prefix { !$0.isWhitespace })
    }
}
