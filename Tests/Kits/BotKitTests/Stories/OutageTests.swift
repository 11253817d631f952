import HTTPClient
import JSON
import SQLiteStorage
import Storage
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

/// Telegram cannot be reached while updates wait or are handled: none is burnt, and none has its effect twice.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct OutageTests {
    /// A line that is cut for all calls but polls, or for some, so that updates come in while nothing goes out.
    private final class Line: TelegramInterceptor {
        private let isCut = Mutex(false)
        private let methods: Set<String>?

        init(cutting methods: Set<String>? = nil) { self.methods = methods }

        func intercept(
            _ request: TelegramRequest, next: TelegramHandler
        ) async throws(TelegramError) -> TelegramReply {
            let isAffected = methods?.contains(request.method) ?? (request.method != GetUpdates.name)
            guard isAffected, isCut.withLock(\.self) else { return try await next(request) }
            throw .network(.connectionFailed(host: "telegram", reason: "no route"))
        }

        func set(cut: Bool) { isCut.withLock { $0 = cut } }
    }

    private static func bot(
        _ stage: Stage, _ line: Line, capacity: Int = 100, began: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> Bot {
        var configuration = stage.configuration
        configuration.setsCommands = false
        configuration.transports = [line]
        configuration.capacity = capacity
        configuration.sending.firstDelay = .milliseconds(1)
        return try stage.bot(configuration) { bot in
            bot.text { ctx, text in
                began(text)
                try await ctx.reply("re " + text)
                try await ctx.commit { try $0.execute("INSERT INTO notes (text) VALUES (\(text))") }
            }
        }
    }

    private static func notes(_ stage: Stage) async throws -> [String] {
        try await stage.database.read { try $0.values("SELECT text FROM notes ORDER BY rowid") }
    }

    private static func outcomes(_ stage: Stage) async throws -> [String?] {
        try await stage.database.read {
            try $0.values("SELECT outcome FROM bot_updates WHERE handled_at IS NOT NULL ORDER BY update_id")
        }
    }

    @Test func `what comes in during an outage is answered after it, in order, and counts once`() async throws {
        try await Stage.play { stage in
            try await stage.database.execute("CREATE TABLE notes (text TEXT NOT NULL)")
            let line = Line()
            let bot = try Self.bot(stage, line)
            let (alice, boris) = (try await stage.person(501), try await stage.person(502))
            try await stage.run(bot) {
                try await alice.say("before")
                #expect(try await alice.hears() == "re before")
                line.set(cut: true)
                for number in 1...3 {
                    try await alice.say("a\(number)")
                    try await boris.say("b\(number)")
                }
                // Both chats' first ones wait: what fails at the very end of an outage can be told, and is.
                try await until {
                    stage.log.records.count { $0.message.hasSuffix("the update is handled again when it can") } == 2
                }
                try await until { bot.status.waiting >= 6 }
                line.set(cut: false)
                for number in 1...3 {
                    #expect(try await alice.hears() == "re a\(number)")
                    #expect(try await boris.hears() == "re b\(number)")
                }
            }
            #expect(try await Self.notes(stage).sorted() == ["a1", "a2", "a3", "b1", "b2", "b3", "before"])
            #expect(try await Self.outcomes(stage) == Array(repeating: nil, count: 7), "none has failed")
        }
    }

    @Test func `an outage that the program does not outlive leaves the updates to the next start`() async throws {
        try await Stage.play { stage in
            try await stage.database.execute("CREATE TABLE notes (text TEXT NOT NULL)")
            let line = Line()
            let alice = try await stage.person(501)
            try await alice.say("one")
            try await stage.run(try Self.bot(stage, line, began: { _ in line.set(cut: true) })) {
                try await until { stage.log.records.contains { $0.message.hasPrefix("Telegram cannot be reached;") } }
            }
            let noted = try await Self.notes(stage)
            #expect(noted.isEmpty)
            let attempts: [Int] = try await stage.database.read {
                try $0.values("SELECT attempts FROM bot_updates WHERE handled_at IS NULL")
            }
            #expect(attempts == [0], "an outage is no crash")
            line.set(cut: false)
            try await stage.run(try Self.bot(stage, line)) {
                let heard = try await alice.hears()
                #expect(heard == "re one")
            }
            #expect(try await Self.notes(stage) == ["one"])
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["full", "suspect"])
    func `the program can be ended during an outage while more waits than fits, or while others wait for one`(
        case name: String
    ) async throws {
        try await Stage.play { stage in
            try await stage.database.execute("CREATE TABLE notes (text TEXT NOT NULL)")
            let line = Line(cutting: [SendMessage.name, GetMe.name])
            let bot = try Self.bot(stage, line, capacity: 2, began: { _ in line.set(cut: true) })
            try await bot.prepare()
            let inbox = bot.core.inbox
            _ = try await inbox.store(
                (1...5).map { (id: Int64($0), payload: InboxTests.update($0, "left \($0)", from: 500 + $0).json) },
                now: SystemTime().now)
            if name == "suspect" { try await inbox.begin([1, 2]) }
            try await stage.run(bot) {
                try await until {
                    stage.log.records.contains { $0.message.hasSuffix("the update is handled again when it can") }
                }
            }
            let left = try await inbox.waiting(after: nil, limit: 10)
            #expect(left.map(\.updateID) == [1, 2, 3, 4, 5])
            #expect(left.map(\.attempts) == (name == "suspect" ? [1, 1, 0, 0, 0] : [0, 0, 0, 0, 0]))
        }
    }

    @Test func `a line that breaks each time does not repeat an update for ever`() async throws {
        try await Stage.play { stage in
            try await stage.database.execute("CREATE TABLE notes (text TEXT NOT NULL)")
            // Telegram answers when it is asked whether it is there, and takes no message.
            let line = Line(cutting: [SendMessage.name])
            line.set(cut: true)
            let begun = Mutex<[String]>([])
            let bot = try Self.bot(stage, line) { text in
                begun.withLock { $0.append(text) }
                if text == "good" { line.set(cut: false) }
            }
            let alice = try await stage.person(501)
            try await stage.run(bot) {
                try await alice.say("bad")
                try await alice.say("good")
                #expect(try await alice.hears() == "re good")
            }
            #expect(begun.withLock(\.self) == ["bad", "bad", "bad", "good"])
            #expect(try await Self.notes(stage) == ["good"])
            #expect(try await Self.outcomes(stage) == ["failed", nil])
        }
    }
}
