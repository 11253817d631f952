// The bot says by itself that the time to answer is up.
//
//   Boris   /order                          Борис, by a clock that the test turns
//   Bot     Your name?
//             … 71 seconds
//   Bot     Время на ответ вышло, …
//
// Once, also after a restart and a kill; not to those who have answered in time, however late that is handled, and not
// where the program wants it otherwise.

import JSON
import Storage
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

@Suite(.timeLimit(.minutes(2)), .serialized)
struct ExpiryStory {
    private static let english = KitTexts.standard.english.conversation.expired
    private static let russian = KitTexts.standard.russian.conversation.expired
    /// When a question of a minute must be told of.
    private static let due = Duration.seconds(60) + ExpiryTeller.margin + .seconds(1)

    private enum Wish: DialogueState {
        case what
        static let timeout = Duration.seconds(60)
    }

    private enum QuietWish: DialogueState {
        case what
        static let timeout = Duration.seconds(60)
        static let tellsExpiry = false
    }

    private struct Unreadable: Error {}

    /// Shows the simulator the time of a clock that a test turns; what it waits for passes as always.
    private struct ShownTime: TimeSource {
        let clock: ManualTime
        var now: Timestamp { clock.now }
        var uptime: Duration { SystemTime().uptime }
        func sleep(for duration: Duration) async throws { try await SystemTime().sleep(for: duration) }
    }

    private func play(_ body: (Stage, ManualTime) async throws -> Void) async throws {
        let time = ManualTime()
        try await Stage.play(time: ShownTime(clock: time)) { stage in try await body(stage, time) }
    }

    /// A bot with a question that waits for a minute, one for two hours, and a state.
    private func bot(
        _ stage: Stage, _ time: ManualTime, tellsExpiry: Bool = true, slow: Shutdown? = nil,
        change: (inout BotConfiguration) -> Void = { _ in }
    ) throws -> Bot {
        var configuration = stage.configuration
        configuration.longPoll = .seconds(1)
        configuration.liftTimeLimits()
        configuration.setsCommands = false
        change(&configuration)
        return try stage.bot(configuration, time: time) { bot in
            bot.conversation("order", on: .command("order"), timeout: .seconds(60), tellsExpiry: tellsExpiry) { talk in
                let name = try await talk.ask("Your name?")
                try await talk.say("Thanks, \(name)")
            }
            bot.conversation("pay", on: .command("pay")) { talk in
                _ = try await talk.ask("Pay now", within: .seconds(60)) { (_: String) async throws -> String? in
                    throw Unreadable()
                }
            }
            bot.conversation("patient", on: .command("patient"), timeout: .seconds(7200)) { talk in
                _ = try await talk.ask("Your city?")
            }
            bot.command("wish") { ctx in
                if tellsExpiry { ctx.go(to: Wish.what) } else { ctx.go(to: QuietWish.what) }
                try await ctx.reply("Your wish?")
            }
            bot.command("slow") { ctx in
                await slow?.wait()
                try await ctx.reply("done")
            }
            bot.dialogue(Wish.self) { ctx, _ in
                ctx.endDialogue()
                try await ctx.reply("Granted")
            }
            bot.dialogue(QuietWish.self) { ctx, _ in try await ctx.reply("Granted") }
            bot.text { ctx, text in try await ctx.reply("echo \(text)") }
        }
    }

    /// Asks somebody something and waits until it is stored that they were asked.
    private func ask(_ person: Person, _ command: String, _ question: String, _ bot: Bot) async throws {
        try await person.say(command)
        _ = try await person.answer { $0["text"]?.stringValue == question }
        try await until { bot.status.waiting == 0 }
    }

    /// What the bot has said to somebody.
    private func said(to person: Int64, _ stage: Stage) async throws -> [String] {
        let view = try await stage.control("/sim/chats/7001/messages?user=\(person)")
        return (view["messages"]?.arrayValue ?? []).filter { $0["out"]?.boolValue != true }
            .compactMap { $0["text"]?.stringValue }
    }

    private func left(_ stage: Stage) async throws -> [Int?] {
        try await stage.database.read { connection in
            [
                try connection.value("SELECT COUNT(*) FROM bot_dialogues"),
                try connection.value("SELECT COUNT(*) FROM bot_expiry_notices"),
            ]
        }
    }

    @Test(arguments: ["/order": "Your name?", "/wish": "Your wish?"])
    func `it is told once, in the person's language, behind what others wait for`(
        command: String, question: String
    ) async throws {
        try await play { stage, time in
            let recorder = PriorityRecorder(of: [Self.english, Self.russian])
            let bot = try bot(stage, time) { $0.interceptors = [recorder] }
            let (alice, boris) = (try await stage.person(501), try await stage.person(502))
            try await stage.run(bot) {
                try await ask(alice, command, question, bot)
                try await ask(boris, command, question, bot)
                time.advance(by: Self.due)
                #expect(try await alice.hears() == Self.english)
                #expect(try await boris.hears() == Self.russian)
                try await boris.say("on")
                #expect(try await boris.hears() == "echo on", "it is over")
                // A handler that still ran would be given up.
                try await until { bot.status.waiting == 0 }
                time.advance(by: .seconds(600))
                try await ask(boris, "/slow", "done", bot)
            }
            let heard502 = try await said(to: 502, stage)
            #expect(heard502 == [question, Self.russian, "echo on", "done"])
            #expect(recorder.priorities == [.push, .push])
            #expect(try await left(stage) == [0, 0])
        }
    }

    @Test(arguments: ["/order": "Your name?", "/wish": "Your wish?"])
    func `a program that wants it so tells people when they write next`(
        command: String, question: String
    ) async throws {
        try await play { stage, time in
            let bot = try bot(stage, time, tellsExpiry: false)
            let (alice, boris) = (try await stage.person(501), try await stage.person(502))
            try await stage.run(bot) {
                try await ask(boris, "/patient", "Your city?", bot)
                time.advance(by: .seconds(7100))
                try await ask(alice, command, question, bot)
                time.advance(by: .seconds(100) + Self.due)
                #expect(try await boris.hears() == Self.russian, "by now it has looked")
                try await alice.say("late")
                #expect(try await alice.hears() == KitTexts.standard.english.dialogueExpired)
            }
            let heard501 = try await said(to: 501, stage)
            #expect(heard501 == [question, KitTexts.standard.english.dialogueExpired])
        }
    }

    @Test func `an answer in time counts, though its turn comes when the time is up`() async throws {
        try await play { stage, time in
            let slow = Shutdown()
            let bot = try bot(stage, time, slow: slow)
            let (alice, boris) = (try await stage.person(501), try await stage.person(502))
            try await stage.run(bot) {
                try await ask(alice, "/order", "Your name?", bot)
                try await ask(boris, "/order", "Your name?", bot)
                try await alice.say("/slow")
                try await alice.say("Ann")
                try await until { bot.status.waiting >= 2 }
                time.advance(by: Self.due)
                #expect(try await boris.hears() == Self.russian, "by now it has looked")
                slow.trigger()
                #expect(try await alice.hears() == "done")
                #expect(try await alice.hears() == "Thanks, Ann")
                try await until { bot.status.waiting == 0 }
            }
            let heard501 = try await said(to: 501, stage)
            #expect(heard501 == ["Your name?", "done", "Thanks, Ann"])
            #expect(try await left(stage) == [0, 0])
        }
    }

    @Test func `a late answer is told of once, whether it comes before the bot has said so or after`() async throws {
        try await play { stage, time in
            let bot = try bot(stage, time)
            let (alice, boris) = (try await stage.person(501), try await stage.person(502))
            try await stage.run(bot) {
                try await ask(alice, "/order", "Your name?", bot)
                try await ask(boris, "/order", "Your name?", bot)
                time.advance(by: .seconds(61))
                try await alice.say("late")
                #expect(try await alice.hears() == KitTexts.standard.english.dialogueExpired)
                try await until { bot.status.waiting == 0 }
                time.advance(by: ExpiryTeller.margin)
                #expect(try await boris.hears() == Self.russian)
                for person in [alice, boris] {
                    try await person.say("later")
                    #expect(try await person.hears() == "echo later")
                }
            }
            let heard501 = try await said(to: 501, stage)
            #expect(
                heard501 == [
                    "Your name?", KitTexts.standard.english.dialogueExpired, "echo later",
                ])
        }
    }

    @Test func `a handler that fails leaves the question the time it had`() async throws {
        try await play { stage, time in
            let bot = try bot(stage, time)
            let alice = try await stage.person(501)
            try await stage.run(bot) {
                try await ask(alice, "/pay", "Pay now", bot)
                time.advance(by: .seconds(10))
                try await alice.say("card")
                #expect(try await alice.hears() == KitTexts.standard.english.failure)
                try await until { bot.status.waiting == 0 }
                time.advance(by: Self.due - .seconds(10))
                #expect(try await alice.hears() == Self.english)
                try await alice.say("card")
                #expect(try await alice.hears() == "echo card", "an answer that late does not count")
            }
            #expect(try await left(stage) == [0, 0])
        }
    }

    @Test func `what expired while the bot was down is told at its start, unless somebody has answered`() async throws {
        try await play { stage, time in
            let (alice, boris) = (try await stage.person(501), try await stage.person(502))
            let first = try bot(stage, time)
            try await stage.run(first) {
                try await ask(alice, "/order", "Your name?", first)
                try await ask(boris, "/order", "Your name?", first)
            }
            time.advance(by: .seconds(30))
            try await alice.say("Ann")
            time.advance(by: .seconds(3000))
            let second = try bot(stage, time)
            try await stage.run(second) {
                let heard = [try await alice.hears(), try await boris.hears()]
                #expect(heard == ["Thanks, Ann", Self.russian], "Telegram kept hers, and says when it was said")
                try await until { second.status.waiting == 0 }
            }
            let heard501 = try await said(to: 501, stage)
            #expect(heard501 == ["Your name?", "Thanks, Ann"])
            #expect(try await left(stage) == [0, 0])
        }
    }

    @Test func `what expired long before the start is not told any more`() async throws {
        try await play { stage, time in
            let (alice, boris) = (try await stage.person(501), try await stage.person(502))
            let first = try bot(stage, time)
            try await stage.run(first) {
                try await ask(alice, "/order", "Your name?", first)
                try await ask(boris, "/patient", "Your city?", first)
            }
            time.advance(by: .seconds(7200) + Self.due)
            let second = try bot(stage, time)
            try await stage.run(second) {
                #expect(try await boris.hears() == Self.russian, "by now it has looked")
                try await alice.say("late")
                #expect(try await alice.hears() == KitTexts.standard.english.dialogueExpired)
            }
            let heard501 = try await said(to: 501, stage)
            #expect(heard501 == ["Your name?", KitTexts.standard.english.dialogueExpired])
        }
    }

    @Test func `a kill between the end of the dialogue and the telling loses nothing`() async throws {
        try await play { stage, time in
            let alice = try await stage.person(501)
            let first = try bot(stage, time)
            try await stage.run(first) { try await ask(alice, "/order", "Your name?", first) }
            time.advance(by: Self.due)
            let (dialogues, now) = (first.core.dialogues, time.now)
            let key = DialogueKey(chat: 501, user: 501)
            let ended = try await stage.database.write { connection in
                [
                    try dialogues.expire(key, at: now - .seconds(60), now: now, in: connection),
                    try dialogues.expire(key, at: now, now: now, in: connection),
                    try dialogues.expire(key, at: now, now: now, in: connection),
                ]
            }
            #expect(ended == [false, true, false], "not before its time, and once")
            let kept = try await dialogues.find(key, in: stage.database)
            #expect(kept == nil)
            let second = try bot(stage, time)
            try await stage.run(second) {
                #expect(try await alice.hears() == Self.english)
                try await ask(alice, "/slow", "done", second)
            }
            let heard501 = try await said(to: 501, stage)
            #expect(heard501 == ["Your name?", Self.english, "done"])
        }
    }

    @Test func `what cannot be sent is tried again, and not for ever where nobody can be told`() async throws {
        try await play { stage, time in
            let bot = try bot(stage, time)
            let (alice, boris) = (try await stage.person(501), try await stage.person(502))
            try await stage.run(bot) {
                try await ask(alice, "/order", "Your name?", bot)
                try await ask(boris, "/order", "Your name?", bot)
                try await stage.control(
                    "/sim/faults", ["method": "sendMessage", "kind": "flood", "seconds": 40, "chat": 501])
                try await stage.control(
                    "/sim/faults",
                    [
                        "method": "sendMessage", "kind": "error", "code": 403, "chat": 502,
                        "description": "Forbidden: bot was blocked by the user",
                    ])
                time.advance(by: Self.due)
                try await until {
                    stage.log.records.count { $0.message.hasPrefix("somebody could not be told") } >= 2
                }
                // Alice's is postponed by the clock as it stands now.
                let now = time.now
                func postponed() async throws -> Int? {
                    try await stage.database.read { connection in
                        try connection.value("SELECT COUNT(*) FROM bot_expiry_notices WHERE due_at > \(now)")
                    }
                }
                try await until { try await postponed() == 1 }
                try await until { try await left(stage) == [0, 1] }
                time.advance(by: .seconds(41))
                #expect(try await alice.hears() == Self.english)
            }
            let heard502 = try await said(to: 502, stage)
            #expect(heard502 == ["Your name?"])
            #expect(try await left(stage) == [0, 0])
        }
    }

    @Test func `a disk that is full does not make the bot say it again and again`() async throws {
        try await play { stage, time in
            let bot = try bot(stage, time)
            let alice = try await stage.person(501)
            try await stage.run(bot) {
                try await ask(alice, "/order", "Your name?", bot)
                try await stage.database.write { connection in
                    try connection.run(
                        script: """
                            CREATE TRIGGER full BEFORE DELETE ON bot_expiry_notices
                            BEGIN SELECT RAISE(ABORT, 'no room'); END;
                            """)
                }
                time.advance(by: Self.due)
                #expect(try await alice.hears() == Self.english)
                func failures() -> Int { stage.log.records.count { $0.message.hasPrefix("that somebody was told") } }
                for count in 1...3 {
                    try await until { failures() >= count }
                    time.advance(by: .seconds(60))
                }
                #expect(failures() <= 4, "nor try to note it without a pause")
                try await stage.database.execute("DROP TRIGGER full")
                time.advance(by: .seconds(60))
                try await until { try await left(stage) == [0, 0] }
            }
            let heard = try await said(to: 501, stage)
            #expect(heard == ["Your name?", Self.english])
        }
    }

    @Test func `in a group it is a reply, so that it is plain who is meant`() async throws {
        try await play { stage, time in
            let group = try #require(
                try await stage.control(
                    "/sim/chats",
                    ["user": 501, "type": "group", "title": "Shirts", "members": [502, .integer(Person.bot)]])["chat"]?[
                        "id"]?.integerValue)
            let bot = try bot(stage, time)
            let boris = try await stage.person(502)
            try await stage.run(bot) {
                try await boris.say("/order@test_bot", in: group)
                _ = try await boris.answer(in: group) { $0["text"] == "Your name?" }
                try await until { bot.status.waiting == 0 }
                time.advance(by: Self.due)
                let notice = try await boris.answer(in: group)
                #expect(notice["text"]?.stringValue == Self.russian)
                #expect(notice["reply"]?["from"]?["id"]?.integerValue == 502)
            }
        }
    }

    @Test func `with a webhook it waits for a minute, since nothing says when everything has come in`() async throws {
        try await play { stage, time in
            let bot = try bot(stage, time)
            try await bot.prepare()
            let core = bot.core
            let key = DialogueKey(chat: 501, user: 501)
            let state = StoredDialogue(
                name: "x", version: 1, json: [], expires: time.now - .seconds(100),
                notice: ExpiryNotice(language: .english))
            try await stage.database.write { try core.dialogues.save(state, for: key, in: $0) }
            let (ending, handed) = (Shutdown(), Shutdown())
            let telling = Task { await core.expiries.run(until: ending) { _, _ in handed.trigger() } }
            await time.waitForSleepers()
            core.expiries.noteWebhook()
            for _ in 1...5 {
                await time.waitForSleepers()
                #expect(!handed.isTriggered)
                time.advance(by: .seconds(10))
            }
            time.advance(by: .seconds(70))
            await handed.wait()
            ending.trigger()
            await telling.value
        }
    }

    @Test func `a chat that moves and a person who goes take their notices along`() async throws {
        try await play { stage, time in
            let bot = try bot(stage, time)
            try await bot.prepare()
            let (dialogues, now) = (bot.core.dialogues, time.now)
            let notice = ExpiryNotice(language: .russian, message: 5)
            let found = try await stage.database.write { connection in
                for person in [501, 502] as [Int64] {
                    let key = DialogueKey(chat: -5, user: person)
                    let state = StoredDialogue(name: "x", version: 1, json: [], expires: now, notice: notice)
                    try dialogues.save(state, for: key, in: connection)
                    _ = try dialogues.expire(key, at: now, now: now, in: connection)
                }
                try dialogues.move(-5, to: -100, in: connection)
                try dialogues.forget(501, in: connection)
                return try dialogues.agenda(from: now, to: now, now: now, limit: 10, in: connection).notices
            }
            #expect(found.map(\.chat) == [-100])
            #expect(found.map(\.notice) == [ExpiryNotice(language: .russian)], "its messages have other numbers there")
        }
    }
}

/// Notes how urgent the sending of some texts is.
private final class PriorityRecorder: TelegramInterceptor {
    private let texts: [String]
    private let found = Mutex<[SendPriority]>([])

    init(of texts: [String]) {
        self.texts = texts
    }

    var priorities: [SendPriority] { found.withLock(\.self) }

    func intercept(_ request: TelegramRequest, next: TelegramHandler) async throws(TelegramError) -> TelegramReply {
        let json = String(decoding: request.json, as: UTF8.self)
        if texts.contains(where: { json.contains($0) }) {
            found.withLock { $0.append(SendScope.current.priority) }
        }
        return try await next(request)
    }
}
