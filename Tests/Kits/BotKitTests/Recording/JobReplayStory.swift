import FoundationEssentials
import JSON
import Jobs
import Storage
import Support
import TelegramAPI
import Testing

@testable import BotKit

/// Jobs run in a replay too: by its clock, and their calls count to the update that led to them.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct JobReplayStory {
    /// A shop that sends what is ordered later, and asks after that.
    struct Deliver: Job {
        static let kind = "deliver"
        var chat: Int64
        var part: Int
    }

    struct Ask: Job {
        static let kind = "ask"
        var chat: Int64
    }

    struct Greet: Job {
        static let kind = "greet"
        var chat: Int64
    }

    /// A bot with its runner; neither runs.
    struct Shop {
        let bot: Bot
        let queue: JobQueue
        let runner: JobRunner

        init(
            _ stage: Stage, _ configuration: BotConfiguration, time: any TimeSource = SystemTime(), word: String
        ) async throws {
            let queue = JobQueue(database: stage.database, time: time)
            try await queue.migrate()
            bot = try stage.bot(configuration, time: time) { bot in
                bot.command("order") { ctx in
                    let chat = ctx.chatID?.rawValue ?? 0
                    try await ctx.commit { connection in
                        for part in 1...3 { try queue.enqueue(Deliver(chat: chat, part: part), in: connection) }
                    }
                    try await ctx.reply("Ordered")
                }
                bot.command("bye") { ctx in try await ctx.reply("Bye") }
            }
            var handlers = JobHandlers()
            handlers.on(Deliver.self) { [sender = bot.sender] job, context in
                try await sender.send("\(word) \(job.part)", to: ChatID(job.chat))
                // Pauses are made by the replay's clock.
                try await time.sleep(for: .milliseconds(100))
                try await sender.send("That was \(job.part)", to: ChatID(job.chat))
                try await context.complete { connection in
                    let options = JobOptions(at: time.now.adding(.seconds(1)), uniqueKey: "ask")
                    try queue.enqueue(Ask(chat: job.chat), options, in: connection)
                }
                return .done
            }
            handlers.on(Ask.self) { [sender = bot.sender] job, context in
                // Put off by nothing, until the clock has gone on a little.
                guard time.now.since(context.created) > .milliseconds(1010) else { return .snooze(.zero) }
                try await sender.send("Is all well?", to: ChatID(job.chat))
                return .done
            }
            handlers.on(Greet.self) { [sender = bot.sender] job, _ in
                try await sender.send("\(word) of the day", to: ChatID(job.chat))
                return .done
            }
            self.queue = queue
            runner = JobRunner(queue, handlers: handlers)
        }

        /// What was stored before the recording begins: a job that an update led to, and one that nothing did.
        func prepare(for chat: Int64, at moment: Timestamp) async throws {
            try await WorkOrigin.$current.withValue("7001-1") {
                _ = try await queue.enqueue(Greet(chat: chat), JobOptions(at: moment))
            }
            try await queue.enqueue(Greet(chat: chat), JobOptions(at: moment))
            // Neither the recording nor the replay gets there.
            try await queue.enqueue(Greet(chat: chat), JobOptions(at: moment.adding(.seconds(3600))))
        }
    }

    /// Plays in a shop, and gives what was recorded of it.
    static func recorded(
        chats: [ChatID] = [], _ play: (Shop, Person) async throws -> Void
    ) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        try await Stage.play { stage in
            let folder = TemporaryFolder.make()
            let path = folder + "/talk.jsonl"
            let recorder = try Recorder(path: path, chats: chats)
            var configuration = stage.configuration
            configuration.recorder = recorder
            // What is pushed goes out at once, as in a replay.
            configuration.sending.budgets = .unlimited
            let alice = try await stage.person(501)
            let shop = try await Shop(stage, configuration, word: "Parcel")
            let shutdown = Shutdown()
            let working = Task { try await shop.runner.run(until: shutdown) }
            try await stage.run(shop.bot) { try await play(shop, alice) }
            shutdown.trigger()
            try await working.value
            await recorder.close()
            bytes = Array(try Data(contentsOf: URL(filePath: path)))
            try FileManager.default.removeItem(atPath: folder)
        }
        return bytes
    }

    static func replay(
        _ bytes: [UInt8], word: String = "Parcel", runsJobs: Bool = true,
        prepare: (Shop, Recording) async throws -> Void = { _, _ in }
    ) async throws -> ReplayReport {
        let recording = try Recording(parsing: bytes)
        var report: ReplayReport?
        try await Stage.play { stage in
            let time = ManualTime(now: recording.start)
            let telegram = ReplayTelegram(recording, time: time)
            var configuration = stage.configuration
            configuration.apiURL = "http://127.0.0.1:9"
            configuration.standIn = telegram
            let shop = try await Shop(stage, configuration, time: time, word: word)
            try await prepare(shop, recording)
            report = try await shop.bot.replay(
                recording, telegram: telegram, time: time, jobs: runsJobs ? shop.runner : nil)
        }
        return try #require(report)
    }

    /// Orders, and waits for all that comes of it.
    static func order(_ alice: Person) async throws {
        try await alice.say("/order")
        for _ in 0..<8 { _ = try await alice.hears() }
        try await alice.say("/bye")
        _ = try await alice.answer { $0["text"] == "Bye" }
    }

    @Test func `the same jobs make the same calls, and another text is shown beside its update`() async throws {
        let bytes = try await Self.recorded { _, alice in try await Self.order(alice) }
        let recording = try Recording(parsing: bytes)
        let order = try #require(recording.updates.first).update.updateID
        let byJobs = recording.calls.filter { $0.job != nil }
        #expect(byJobs.count == 7)
        #expect(byJobs.allSatisfy { $0.trace?.update == Int64(order) }, "\(byJobs)")

        let same = try await Self.replay(bytes)
        #expect(same.differences.isEmpty, "\(same.differences)")
        #expect(same.calls.recorded == 9 && same.calls.made == 9)
        #expect(same.jobCalls.recorded == 7 && same.jobCalls.made == 7)

        let other = try await Self.replay(bytes, word: "Packet")
        #expect(other.differences.map(\.update) == [Int64(order)])
        let changes = try #require(other.differences.first).changes
        let expected = (1...3).map { part in
            CallChange.changed(
                method: "sendMessage", job: "deliver",
                [.init(name: "text", before: .string("Parcel \(part)"), after: .string("Packet \(part)"))])
        }
        #expect(changes.count == 3)
        for change in expected { #expect(changes.contains(change), "\(change) in \(changes)") }
    }

    @Test func `jobs from before fall due by the replay's clock, those without an update are only counted`()
        async throws
    {
        let bytes = try await Self.recorded { shop, alice in
            try await alice.say("/bye")
            _ = try await alice.hears()
            try await shop.prepare(for: 501, at: SystemTime().now)
            for _ in 0..<2 { #expect(try await alice.hears() == "Parcel of the day") }
            try await alice.say("/bye")
            _ = try await alice.hears()
        }
        let due = { (shop: Shop, recording: Recording) in
            try await shop.prepare(for: 501, at: recording.end - .milliseconds(1))
        }
        let same = try await Self.replay(bytes, prepare: due)
        #expect(same.differences.isEmpty, "\(same.differences)")
        #expect(same.jobCalls.recorded == 1 && same.jobCalls.made == 1)
        #expect(same.otherCalls.made == 1)

        let other = try await Self.replay(bytes, word: "Packet", prepare: due)
        #expect(other.differences.map(\.update) == [1])
        #expect(other.differences.first?.arrival == nil)
        #expect(other.otherCalls.made == 1)

        let without = try await Self.replay(bytes)
        #expect(without.differences.map(\.changes.count) == [1])
        #expect(without.jobCalls.made == 0)
    }

    @Test func `what others' jobs do counts for nothing where only some chats are recorded`() async throws {
        let bytes = try await Self.recorded(chats: [501]) { _, alice in try await Self.order(alice) }
        let report = try await Self.replay(bytes) { shop, recording in
            try await shop.prepare(for: 502, at: recording.start)
        }
        #expect(report.differences.isEmpty, "\(report.differences)")
        #expect(report.calls.made == 9)
        #expect(report.otherCalls.made == 0)
    }

    @Test func `jobs are left alone where nobody runs them, or the recording does not say where they come from`()
        async throws
    {
        let bytes = try await Self.recorded { _, alice in try await Self.order(alice) }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        // As it was written before recordings knew jobs.
        let older = lines.compactMap { line -> String? in
            guard var object = (try? JSONValue(parsing: Array(line.utf8)))?.objectValue else { return nil }
            if object["job"] != nil { object["trace"] = nil }
            object["job"] = nil
            object["jobs"] = nil
            return JSONValue.object(object).description
        }
        #expect(older.count == lines.count)
        let reports = [
            try await Self.replay(Array(older.joined(separator: "\n").utf8)),
            try await Self.replay(bytes, runsJobs: false),
        ]
        for report in reports {
            #expect(report.differences.isEmpty, "\(report.differences)")
            #expect(report.calls.recorded == 2 && report.calls.made == 2)
            #expect(report.jobCalls.recorded == 0)
            #expect(report.otherCalls.recorded >= 7)
        }
    }
}
