import BotKit
import JSON
import SQLiteStorage
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// Groups: who opens them, who manages them, and what happens to those that are not open.
@Suite(.timeLimit(.minutes(2))) struct GroupTests {
    private let bot = GalleryScene.botID
    private static let settings = GallerySettings(allowedUsers: [501])

    private func group(
        by person: SimulatedPerson, type: String = "supergroup", members: JSONValue, title: String = "Party"
    ) async throws -> Int64 {
        let chat = try await person.act("chats", ["type": .string(type), "title": .string(title), "members": members])
        return try #require(chat["chat"]?["id"]?.integerValue)
    }

    @Test func `an owner who adds the bot is asked, and the group's members then get photos`() async throws {
        try await GalleryScene.play(settings: Self.settings) { scene in
            try await scene.alice.say("/start", to: bot)
            _ = try await scene.alice.next(from: bot)
            let party = try await group(by: scene.alice, members: [502, .integer(bot)])
            let question = try await scene.alice.next(from: bot)
            #expect(
                question.text
                    == "You have added me to Party. Shall photos be shown there? Everybody in the group will see them and may ask for more."
            )
            try await scene.boris.say("/random@gallery_bot", to: party)
            try await scene.alice.press("✅ Show photos there", on: question, in: bot)
            #expect(
                try await scene.alice.nextEdit(in: bot).text == "✅ Photos are shown in Party. /groups takes it back.")
            try await scene.boris.say("/random@gallery_bot", to: party)
            let photo = try await scene.boris.next(from: party)
            #expect(photo.media != nil, "the first thing that the bot says there is the photo")
            try await scene.alice.say("/groups", to: bot)
            let list = try await scene.alice.next(from: bot)
            #expect(list.text == "👪 Groups that see the photos: 1\nParty \(party)")
            let answer = try await scene.alice.press("🚪 Party", on: list, in: bot)
            #expect(answer.text == "Photos are not shown in Party any more, and I have left.")
            let allowed = try await scene.database.query("SELECT * FROM gallery_allowed_chats")
            #expect(allowed.isEmpty)
        }
    }

    @Test(arguments: ["group", "supergroup", "channel"])
    func `added by anybody else, the bot leaves without a word, and the owner is told once`(type: String) async throws {
        try await GalleryScene.play(settings: Self.settings) { scene in
            try await scene.alice.say("/start", to: bot)
            _ = try await scene.alice.next(from: bot)
            for title in ["Trap", "Snare"] {
                let trap = try await group(by: scene.boris, type: type, members: [], title: title)
                // Telegram lets a bot into a channel as an administrator only.
                if type == "channel" {
                    try await scene.boris.act(
                        "invite", ["chat": .integer(trap), "member": .integer(bot), "role": "administrator"])
                } else {
                    try await scene.boris.add(bot, to: trap)
                }
                try await isGone(from: trap, scene)
                let said = try await scene.boris.history(of: trap).filter {
                    $0.view["from"]?["id"]?.integerValue == bot
                }
                #expect(said.allSatisfy { $0.view["service"] != nil })
            }
            let told = try await scene.alice.next(from: bot).text
            #expect(told == "Борис (@boris, 502) added me to Trap. I have left: only you can let me show photos.")
            try await eventually("everything is handled") {
                try await scene.database.one("SELECT 1 FROM bot_updates WHERE handled_at IS NULL") == nil
            }
            try await scene.alice.say("/help", to: bot)
            #expect(try await scene.alice.next(from: bot).text.contains("/random – "), "the second time tells nobody")
        }
    }

    private func isGone(from chat: Int64, _ scene: GalleryScene) async throws {
        try await eventually("the bot leaves") {
            let members = try await scene.boris.get("chats/\(chat)/members?user=502")["members"]?.arrayValue ?? []
            let role = members.first { $0["user"]?["id"]?.integerValue == bot }?["role"]?.stringValue
            return role == nil || role == "left"
        }
    }

    @Test func `an owner's command in a group offers to open it, and only the owner's press does`() async throws {
        try await GalleryScene.play(settings: Self.settings) { scene in
            let party = try await group(by: scene.alice, members: [502, .integer(bot)])
            try await scene.alice.say("/random@gallery_bot", to: party)
            let offer = try await scene.alice.next(from: party)
            #expect(offer.text == "Photos are not shown in this group. Shall they be? Everybody here will see them.")
            let answer = try await scene.boris.press("✅ Show photos there", on: offer, in: party)
            #expect(answer.text == nil && !answer.isAlert)
            #expect(try await scene.database.query("SELECT * FROM gallery_allowed_chats").isEmpty)
            try await scene.alice.press("✅ Show photos there", on: offer, in: party)
            #expect(try await scene.alice.nextEdit(in: party).text == "Photos are shown here from now on: /random")
            try await scene.boris.say("/random@gallery_bot", to: party)
            #expect(try await scene.boris.next(from: party).media != nil)
        }
    }

    @Test func `a configured group is open from the start`() async throws {
        try await GalleryScene.play(settings: Self.settings) { scene in
            let party = try await group(by: scene.alice, members: [502, .integer(bot)])
            let access = GalleryAccess(
                settings: GallerySettings(allowedUsers: [501], allowedChats: [ChatID(party)]), database: scene.database,
                time: SystemTime())
            #expect(access.isOpen(ChatID(party)) && access.chats == [ChatID(party)])
            #expect(!access.isOpen(ChatID(party - 1)))
        }
    }

    @Test func `in an open group administrators manage, members do not, and neither does a channel`() async throws {
        try await GalleryScene.play(settings: Self.settings) { scene in
            let party = try await group(by: scene.alice, members: [502, .integer(bot)])
            let access = GalleryAccess(settings: Self.settings, database: scene.database, time: SystemTime())
            let manages = ManagementProbe(access: access)
            try await scene.database.write { try access.allow(ChatID(party), title: "", by: 501, in: $0) }
            let sender = scene.gallery.bot.sender
            #expect(try await manages(501, in: party, sender: sender))
            #expect(try await !manages(502, in: party, sender: sender))
            try await scene.alice.promote(502, in: party, to: "administrator")
            #expect(try await !manages(502, in: party, sender: sender), "the answer is remembered for five minutes")
            let later = ManagementProbe(
                access: GalleryAccess(settings: Self.settings, database: scene.database, time: SystemTime()))
            try await later.access.load()
            #expect(try await later(502, in: party, sender: sender))
            #expect(try await !later(999, in: party, sender: sender), "who has never been there is no administrator")
        }
    }
}

/// Asks whether somebody administers a group, as `mayManage` does for those who are not on the list.
struct ManagementProbe {
    let access: GalleryAccess

    func callAsFunction(_ user: UserID, in chat: Int64, sender: Sender) async throws -> Bool {
        if access.mayUse(user) { return access.isOpen(ChatID(chat)) }
        return try await access.administrators.contains(user, of: ChatID(chat), asking: sender)
    }
}
