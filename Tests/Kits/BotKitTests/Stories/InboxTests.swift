import JSON
import Storage
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

/// What is stored is handled, once, in order, whatever happens to the process.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct InboxTests {
    /// A disk that is full for a while.
    private final class Disk: Sendable {
        private struct Full: Error {}

        private let state = Mutex((isFull: false, refused: 0))

        /// How many writes were refused.
        var refused: Int { state.withLock(\.refused) }

        func set(full isFull: Bool) { state.withLock { $0.isFull = isFull } }

        func database(over base: any Database) -> InterceptedDatabase {
            InterceptedDatabase(base: base) { [self] in
                try state.withLock { state in
                    guard state.isFull else { return }
                    state.refused += 1
                    throw Full()
                }
            }
        }
    }

    static func update(_ number: Int, _ text: String, from person: Int = 501) -> RawUpdate {
        let json = """
            {"update_id":\(number),"message":{"message_id":\(number),"date":1767225600,
            "chat":{"id":\(person),"type":"private","first_name":"Alice"},
            "from":{"id":\(person),"is_bot":false,"first_name":"Alice","language_code":"en"},"text":"\(text)"}}
            """
        return RawUpdate(updateID: number, json: Array(json.utf8))
    }

    @Test func `what an earlier run has left is handled first, in its order`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            let alice = try await stage.person(501)
            try await alice.say("/start")
            try await bot.prepare()
            let inbox = bot.core.inbox
            _ = try await inbox.store(
                (1...3).map { number in
                    let update = Self.update(number, "left \(number)")
                    return (id: Int64(update.updateID), payload: update.json)
                }, now: SystemTime().now)
            try await stage.run(bot) {
                for number in 1...3 {
                    let heard = try await alice.hears()
                    #expect(heard == "left \(number)")
                }
            }
            // Her greeting may have come in while the bot ended; that is the next run's.
            let left: Int? = try await stage.database.read {
                try $0.value("SELECT COUNT(*) FROM bot_updates WHERE update_id <= 3 AND handled_at IS NULL")
            }
            #expect(left == 0)
        }
    }

    @Test func `an update that ended the program each time is set aside, and the chat goes on`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            let alice = try await stage.person(501)
            try await alice.say("/start")
            try await bot.prepare()
            _ = try await bot.core.inbox.store(
                [1, 2].map { number in
                    let update = Self.update(number, number == 1 ? "deadly" : "harmless")
                    return (id: Int64(number), payload: update.json)
                }, now: SystemTime().now)
            for _ in 0..<3 { try await bot.core.inbox.begin([1]) }
            try await stage.run(bot) {
                let heard = try await alice.hears()
                #expect(heard == "harmless")
            }
            let outcome: String? = try await stage.database.read {
                try $0.value("SELECT outcome FROM bot_updates WHERE update_id = 1")
            }
            #expect(outcome == "set aside")
            let attempts: Int? = try await stage.database.read {
                try $0.value("SELECT attempts FROM bot_updates WHERE update_id = 2")
            }
            #expect(attempts == 1, "only what was begun is counted")
        }
    }

    @Test func `what was begun when the program ended is handled one by one, so that the innocent are not set aside`()
        async throws
    {
        try await Stage.play { stage in
            let (reached, release) = (Shutdown(), Shutdown())
            let begun = Mutex<[String]>([])
            var configuration = stage.configuration
            configuration.sending.budgets = .unlimited
            // On a clock that stands still nobody waits too long for the one before.
            let bot = try stage.bot(configuration, time: ManualTime()) { bot in
                bot.text { ctx, text in
                    begun.withLock { $0.append(text) }
                    if text == "first" {
                        reached.trigger()
                        await release.wait()
                    }
                    try await ctx.reply(text)
                }
            }
            let (alice, boris) = (try await stage.person(501), try await stage.person(502))
            for person in [alice, boris] { try await person.say("/start") }
            try await bot.prepare()
            let inbox = bot.core.inbox
            let left = ["first", "second", "third", "new"].enumerated().map { index, text in
                (id: Int64(index + 1), payload: Self.update(index + 1, text, from: 501 + index).json)
            }
            _ = try await inbox.store(left, now: SystemTime().now)
            // The last run began three of them, each in a chat of its own.
            try await inbox.begin([1, 2, 3])
            func attempts() async throws -> [Int] {
                try await stage.database.read {
                    try $0.values("SELECT attempts FROM bot_updates WHERE update_id <= 4 ORDER BY update_id")
                }
            }
            try await stage.run(bot) {
                await reached.wait()
                let counted = try await attempts()
                #expect(counted == [2, 1, 1, 0], "only what is handled alone is counted")
                #expect(begun.withLock(\.self) == ["first"])
                release.trigger()
                #expect(try await boris.hears() == "second")
            }
        }
    }

    @Test func `what the end of the program has interrupted is not counted as what ended it`() async throws {
        try await Stage.play { stage in
            let reached = Shutdown()
            let bot = try stage.bot { bot in
                bot.text { _, _ in
                    reached.trigger()
                    try await SystemTime().sleep(for: .seconds(3600))
                }
            }
            try await bot.prepare()
            let inbox = bot.core.inbox
            let update = Self.update(1, "slow")
            _ = try await inbox.store([(id: 1, payload: update.json)], now: SystemTime().now)
            let shutdown = Shutdown()
            let running = Task { try await bot.run(until: shutdown) }
            await reached.wait()
            shutdown.trigger()
            // The time for a good end is over.
            running.cancel()
            try await running.value
            let waiting = try await inbox.waiting(after: nil, limit: 10)
            #expect(waiting.map(\.attempts) == [0])
        }
    }

    @Test func `marks that could not be written are written later`() async throws {
        try await Stage.play { stage in
            let disk = Disk()
            let bot = try stage.bot(database: disk.database(over: stage.database)) { bot in
                bot.text { ctx, text in
                    try await ctx.reply(text)
                    disk.set(full: true)
                }
            }
            let alice = try await stage.person(501)
            try await stage.run(bot) {
                try await alice.say("one")
                #expect(try await alice.hears() == "one")
                try await until { disk.refused > 0 }
                disk.set(full: false)
                try await until {
                    try await stage.database.read {
                        try $0.value("SELECT COUNT(*) FROM bot_updates WHERE handled_at IS NOT NULL")
                    } == 1
                }
            }
        }
    }

    @Test func `an update whose beginning cannot be noted holds what came later in its chat`() async throws {
        try await Stage.play { stage in
            let disk = Disk()
            let bot = try stage.bot(database: disk.database(over: stage.database)) { bot in
                bot.text { ctx, text in
                    try await ctx.reply(text)
                    if text == "left 1" { disk.set(full: true) }
                }
            }
            let alice = try await stage.person(501)
            try await alice.say("/start")
            try await bot.prepare()
            _ = try await bot.core.inbox.store(
                (1...3).map { (id: Int64($0), payload: Self.update($0, "left \($0)").json) }, now: SystemTime().now)
            let intake = Intake(core: bot.core)
            let replaying = Task { try await intake.replay(until: Shutdown()) }
            #expect(try await alice.hears() == "left 1")
            // The mark of the first, the end of the reading, the beginning of the second.
            try await until { stage.log.records.contains { $0.message == "cannot note that an update is begun" } }
            disk.set(full: false)
            for number in 2...3 { #expect(try await alice.hears() == "left \(number)") }
            _ = await replaying.result
            await intake.close()
        }
    }

    @Test func `an update that cannot be read is set aside and nothing else suffers`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            let alice = try await stage.person(501)
            try await alice.say("/start")
            try await bot.prepare()
            let intake = Intake(core: bot.core)
            try await intake.take([
                RawUpdate(updateID: 1, json: Array(#"{"update_id":1,"message":{"message_id":"x"}}"#.utf8)),
                Self.update(2, "fine"),
            ])
            #expect(try await alice.hears() == "fine")
            await intake.close()
            #expect(try await bot.core.inbox.waiting(after: nil, limit: 10).isEmpty)
        }
    }

    @Test func `an update that comes again is handled once`() async throws {
        try await Stage.play { stage in
            let count = Mutex(0)
            let bot = try stage.bot { bot in bot.text { _, _ in count.withLock { $0 += 1 } } }
            try await bot.prepare()
            let intake = Intake(core: bot.core)
            for _ in 0..<3 { try await intake.take([Self.update(7, "x"), Self.update(8, "y")]) }
            try await until { count.withLock(\.self) >= 2 }
            await intake.close()
            let again = Intake(core: bot.core)
            try await again.take([Self.update(7, "x")])
            await again.close()
            #expect(count.withLock(\.self) == 2)
        }
    }

    @Test func `what is committed and the mark stand or fall together`() async throws {
        struct Refused: Error {}
        try await Stage.play { stage in
            try await stage.database.execute("CREATE TABLE notes (text TEXT NOT NULL)")
            let bot = try stage.bot { bot in
                bot.text { ctx, text in
                    try await ctx.commit { connection in
                        try connection.execute("INSERT INTO notes (text) VALUES (\(text))")
                        if text == "bad" { throw Refused() }
                        let marked: Bool? = try connection.value(
                            "SELECT handled_at IS NOT NULL FROM bot_updates WHERE update_id = 1")
                        #expect(marked == false, "the mark comes with the commit, not before")
                    }
                    try await ctx.reply("kept")
                }
            }
            let alice = try await stage.person(501)
            try await alice.say("/start")
            try await bot.prepare()
            let intake = Intake(core: bot.core)
            try await intake.take([Self.update(1, "good")])
            #expect(try await alice.hears() == "kept")
            try await intake.take([Self.update(2, "bad")])
            #expect(try await alice.hears() == KitTexts.standard.english.failure)
            await intake.close()
            let notes: [String] = try await stage.database.read { try $0.values("SELECT text FROM notes") }
            #expect(notes == ["good"])
            let outcomes: [String?] = try await stage.database.read {
                try $0.values("SELECT outcome FROM bot_updates ORDER BY update_id")
            }
            #expect(outcomes == [nil, "failed"])
        }
    }

    @Test func `ending finishes what runs and keeps the rest for the next start`() async throws {
        try await Stage.play { stage in
            let started = AsyncStream<Void>.makeStream()
            let blocked = Shutdown()
            let answered = Mutex<[String]>([])
            func make() throws -> Bot {
                try stage.bot { bot in
                    bot.text { ctx, text in
                        started.continuation.yield()
                        await blocked.wait()
                        answered.withLock { $0.append(text) }
                    }
                }
            }
            let alice = try await stage.person(501)
            let (bot, shutdown) = (try make(), Shutdown())
            let running = Task { try await bot.run(until: shutdown) }
            for text in ["1", "2", "3"] { try await alice.say(text) }
            var iterator = started.stream.makeAsyncIterator()
            await iterator.next()
            try await until { bot.status.waiting >= 3 }
            shutdown.trigger()
            try await until { !bot.status.isTaking }
            blocked.trigger()
            try await running.value
            #expect(answered.withLock(\.self).first == "1")
            let next = try make()
            try await stage.run(next) {
                try await until { answered.withLock({ $0.count }) >= 3 }
            }
            #expect(answered.withLock(\.self) == ["1", "2", "3"])
        }
    }

    @Test func `handled updates are forgotten after their time, others never`() async throws {
        try await Stage.play { stage in
            let bot = try stage.bot { _ in }
            try await bot.prepare()
            let inbox = bot.core.inbox
            let now = SystemTime().now
            _ = try await inbox.store([(1, []), (2, []), (3, [])], now: now)
            try await stage.database.write { connection in
                try inbox.mark(1, now: now.adding(.seconds(-10)), in: connection)
                try inbox.mark(2, now: now, in: connection)
            }
            #expect(try await inbox.forget(handledBefore: now.adding(.seconds(-5))) == 1)
            let left: [Int] = try await stage.database.read {
                try $0.values("SELECT update_id FROM bot_updates ORDER BY update_id")
            }
            #expect(left == [2, 3])
        }
    }

    @Test func `what a handler commits is stored with the marks of the updates before it`() async throws {
        try await Stage.play { stage in
            let isHeld = Atomic(false)
            let goOn = Shutdown()
            var database = InterceptedDatabase(base: stage.database)
            database.beforeWrite = {
                if isHeld.load(ordering: .relaxed), !Passing.isAllowed { await goOn.wait() }
            }
            let (marks, done) = AsyncStream<Int?>.makeStream()
            let bot = try stage.bot(database: database) { bot in
                bot.text { ctx, text in
                    isHeld.store(true, ordering: .relaxed)
                    guard text == "3" else { return }
                    let marked = try await Passing.$isAllowed.withValue(true) {
                        try await ctx.commit { connection in
                            try connection.value(
                                "SELECT COUNT(*) FROM bot_updates WHERE update_id < 3 AND handled_at IS NOT NULL",
                                as: Int.self)
                        }
                    }
                    done.yield(marked)
                    done.finish()
                }
            }
            try await bot.prepare()
            let intake = Intake(core: bot.core)
            try await intake.take((1...3).map { Self.update($0, "\($0)") })
            var seen: [Int?] = []
            for await marked in marks { seen.append(marked) }
            #expect(seen == [2])
            goOn.trigger()
            await intake.close()
        }
    }

    /// Whether a write may pass while others are held.
    private enum Passing {
        @TaskLocal static var isAllowed = false
    }
}
