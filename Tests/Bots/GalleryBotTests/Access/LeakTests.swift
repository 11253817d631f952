import BotKit
import JSON
import SQLiteStorage
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// P14: no photo, title, tag, gallery name or figure reaches a chat that is not allowed, whatever somebody tries.
@Suite(.timeLimit(.minutes(2))) struct LeakTests {
    private static let boris = #"{"id":502,"is_bot":false,"first_name":"Boris","language_code":"ru"}"#
    private static let alice = #"{"id":501,"is_bot":false,"first_name":"Alice","language_code":"en"}"#
    /// Stand-ins that Telegram names for who writes as a group or channel.
    private static let anonymous =
        #"{"id":1087968824,"is_bot":true,"first_name":"Group","username":"GroupAnonymousBot"}"#
    private static let channelBot = #"{"id":136817688,"is_bot":true,"first_name":"Channel","username":"Channel_Bot"}"#
    private static let telegram = #"{"id":777000,"is_bot":false,"first_name":"Telegram"}"#

    /// One thing that somebody tries; `GROUP` stands for the group that is not allowed.
    struct Attempt: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var json: String
    }

    private static func message(
        _ name: String, from: String, chat: String = #"{"id":GROUP,"type":"supergroup","title":"Trap"}"#,
        field: String = "message", _ rest: String
    ) -> Attempt {
        Attempt(
            testDescription: name,
            json:
                #"{"update_id":UPDATE,"\#(field)":{"message_id":77,"date":1,"chat":\#(chat),"from":\#(from),\#(rest)}}"#
        )
    }

    private static func press(
        _ name: String, _ payload: some CallbackPayload, from: String = boris, inline: Bool = false
    )
        throws -> Attempt
    {
        let place =
            inline
            ? #""inline_message_id":"AAAA""#
            : #""message":{"message_id":5,"date":1,"chat":{"id":GROUP,"type":"supergroup","title":"Trap"},"text":"x"}"#
        return Attempt(
            testDescription: name,
            json:
                #"{"update_id":UPDATE,"callback_query":{"id":"1","from":\#(from),"chat_instance":"1",\#(place),"data":"\#(try payload.callbackData())"}}"#
        )
    }

    private static let privately = #"{"id":502,"type":"private","first_name":"Boris"}"#

    /// Every way in that is known.
    private static func attempts() throws -> [Attempt] {
        [
            message("a command", from: boris, #""text":"/random""#),
            message("a command with the bot's name", from: boris, #""text":"/random@gallery_bot""#),
            message("a command with arguments", from: boris, #""text":"/random 5""#),
            message("figures", from: boris, #""text":"/stats""#),
            message("preferences", from: boris, #""text":"/preferences""#),
            message("hidden galleries", from: boris, #""text":"/excluded""#),
            message("an export", from: boris, #""text":"/export""#),
            message("the owner's list", from: boris, #""text":"/users""#),
            message("the keyboard's button", from: boris, #""text":"💕 Случайное""#),
            message("a link's payload in a group", from: boris, #""text":"/start AAAAAAAAAAAAAAAAAAAAAA""#),
            message(
                "a reply to a photo", from: boris,
                #""text":"/random","reply_to_message":{"message_id":5,"date":1,"chat":{"id":GROUP,"type":"supergroup","title":"T"},"caption":"x"}"#
            ),
            message(
                "an anonymous administrator", from: anonymous,
                #""sender_chat":{"id":GROUP,"type":"supergroup","title":"Trap"},"text":"/random""#),
            message(
                "somebody as a channel", from: channelBot,
                #""sender_chat":{"id":-1009,"type":"channel","title":"C"},"text":"/random""#),
            message(
                "a channel in the owner's name", from: alice,
                #""sender_chat":{"id":-1009,"type":"channel","title":"C"},"text":"/random""#),
            message(
                "a channel's post in its group", from: telegram,
                #""is_automatic_forward":true,"sender_chat":{"id":-1009,"type":"channel","title":"C"},"text":"/random""#
            ),
            message("an edited command", from: boris, field: "edited_message", #""edit_date":2,"text":"/random""#),
            message(
                "a channel post", from: alice, chat: #"{"id":-1009,"type":"channel","title":"C"}"#,
                field: "channel_post",
                #""text":"/random""#),
            message(
                "a business message", from: alice, field: "business_message",
                #""business_connection_id":"1","text":"/random""#),
            message("a stranger's command in private", from: boris, chat: privately, #""text":"/random""#),
            message("a stranger's filter in private", from: boris, chat: privately, #""text":"/random tag:beach""#),
            message(
                "a stranger's forwarded photo", from: boris, chat: privately,
                #""caption":"x","photo":[{"file_id":"a","file_unique_id":"b","width":1,"height":1}]"#),
            message(
                "the edited command of a stranger", from: boris, chat: privately, field: "edited_message",
                #""edit_date":2,"text":"/random""#),
            try press("a vote on another chat's photo", VotePress(photo: 1, value: 1, seen: 0)),
            try press("another chat's photo again", NextPress(photo: 1)),
            try press("what is known of a photo", InfoPress(photo: 1)),
            try press("the original of a photo", OriginalPress(photo: 1)),
            try press("the original, under an inline message", OriginalPress(photo: 1), inline: true),
            try press("the owner's original, in the wrong group", OriginalPress(photo: 1), from: alice),
            try press("an owner's decision", DecidePerson(user: 502, allows: true)),
            try press("the owner's list by a button", ShowPeople(page: 0)),
            try press("opening the group", OpenHere()),
            try press("forgetting", DataRoutes.ConfirmForgetting(asked: 4_000_000_000)),
            Attempt(
                testDescription: "an inline query",
                json: #"{"update_id":UPDATE,"inline_query":{"id":"1","from":\#(boris),"query":"beach","offset":""}}"#),
        ]
    }

    @Test func `nothing reaches a chat that is not allowed`() async throws {
        try await GalleryScene.play(settings: GallerySettings(allowedUsers: [501])) { scene in
            // Alice has photos; the group has the bot, and nobody has opened it.
            for _ in 0..<3 {
                try await scene.alice.say("/random", to: GalleryScene.botID)
                _ = try await scene.alice.next(from: GalleryScene.botID)
            }
            let chat = try await scene.alice.act(
                "chats", ["type": "supergroup", "title": "Trap", "members": [502, .integer(GalleryScene.botID)]])
            let group = try #require(chat["chat"]?["id"]?.integerValue)
            _ = try await scene.alice.next(from: GalleryScene.botID)
            // Boris has had his one refusal.
            try await scene.boris.say("/start", to: GalleryScene.botID)
            _ = try await scene.boris.next(from: GalleryScene.botID)
            let before = try await scene.alice.get("log?after=0&limit=1000")["entries"]?.arrayValue?.last?["seq"]?
                .integerValue
            for (index, attempt) in try Self.attempts().enumerated() {
                let json = attempt.json.replacing("GROUP", with: "\(group)").replacing(
                    "UPDATE", with: "\(9_000_000 + index)")
                let update = RawUpdate(updateID: 9_000_000 + index, json: Array(json.utf8))
                #expect(try await scene.gallery.bot.handle(update), "\(attempt)")
                let calls = try await calls(after: before ?? 0, scene)
                #expect(calls == [], "\(attempt.testDescription)")
            }
            let members = try await scene.database.query("SELECT * FROM gallery_members")
            let allowed = try await scene.database.query("SELECT * FROM gallery_allowed_chats")
            #expect(members.isEmpty && allowed.isEmpty)
        }
    }

    /// What the bot has brought to chats since: deleting, answering a press and asking are no words.
    private func calls(after: Int64, _ scene: GalleryScene) async throws -> [String] {
        let log = try await scene.alice.get("log?after=\(after)&limit=1000")
        return (log["entries"]?.arrayValue ?? []).filter { $0["kind"]?.stringValue == "call" }.compactMap { entry in
            guard let method = entry["method"]?.stringValue else { return nil }
            if method == "answerCallbackQuery" {
                let text = entry["arguments"]?["text"]?.stringValue
                return text.map { "\(method): \($0)" }
            }
            return LeakGuard.carriesContent(method) ? "\(method) \(entry["arguments"]?.serialised().count ?? 0)" : nil
        }
    }

    @Test(arguments: [
        "sendMessage", "sendPhoto", "sendMediaGroup", "sendDocument", "copyMessage", "forwardMessages",
        "editMessageCaption", "editMessageMedia", "sendMessageDraft", "sendPaidMedia", "answerInlineQuery",
    ])
    func `every method that brings something is behind the wall`(_ method: String) {
        #expect(LeakGuard.carriesContent(method))
    }

    @Test(arguments: ["getMe", "deleteMessage", "leaveChat", "getChatMember", "setMyCommands", "answerCallbackQuery"])
    func `what brings nothing passes`(_ method: String) {
        #expect(!LeakGuard.carriesContent(method))
    }

    @Test func `the wall holds also where a handler or a job forgets to ask`() async throws {
        try await GalleryScene.play(settings: GallerySettings(allowedUsers: [501])) { scene in
            try await scene.boris.say("/start", to: GalleryScene.botID)
            _ = try await scene.boris.next(from: GalleryScene.botID)
            let sender = scene.gallery.bot.sender
            for chat in [ChatID(502), ChatID(-100_500)] {
                await #expect(throws: TelegramError.self) { try await sender.send("secret", to: chat) }
            }
            try await scene.alice.say("/allow 502", to: GalleryScene.botID)
            _ = try await scene.alice.next(from: GalleryScene.botID)
            _ = try await sender.send("a photo", to: ChatID(502))
            try await scene.alice.say("/deny 502", to: GalleryScene.botID)
            _ = try await scene.alice.next(from: GalleryScene.botID)
            await #expect(throws: TelegramError.self) { try await sender.send("secret", to: ChatID(502)) }
        }
    }
}
