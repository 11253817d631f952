import JSON
import Jobs
import Storage
import Support
import Testing

@testable import BotKit

/// What one update leads to can be found by its number, in the log and in the metrics.
@Suite(.timeLimit(.minutes(2)))
struct TraceTests {
    @Test func `a trace runs from the poll through the handler to each call`() async throws {
        try await Stage.play { stage in
            let metrics = Metrics()
            let bot = try stage.bot(metrics: metrics) { bot in
                bot.text { ctx, text in
                    try await ctx.reply(text)
                    try await ctx.reply("again")
                }
            }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("hi")
                #expect(try await alice.hears() == "hi")
                #expect(try await alice.hears() == "again")
            }
            let taken = try #require(stage.log.records.first { $0.message == "update taken" })
            let trace = try #require(taken.fields["trace"])
            let steps = stage.log.records.filter { $0.fields["trace"] == trace }.map(\.message)
            #expect(steps == ["update taken", "call", "call ended", "call", "call ended", "update handled"])
            guard case .string(let name) = trace else { return #expect(Bool(false)) }
            let lines = metrics.render(as: .openMetrics).split(separator: "\n").filter { $0.contains(name) }
            for series in ["bot_call_seconds", "bot_handling_seconds", "bot_queue_seconds"] {
                #expect(lines.contains { $0.hasPrefix(series + "_bucket") }, "\(series) names the trace")
            }
        }
    }

    struct Parcel: Job {
        static let kind = "parcel"
        var chat: Int64
        var stops: Int
    }

    @Test func `a trace goes along with jobs, and with the jobs of those`() async throws {
        try await Stage.play { stage in
            let metrics = Metrics()
            let queue = JobQueue(database: stage.database, logger: stage.log.logger())
            try await queue.migrate()
            let bot = try stage.bot(metrics: metrics) { bot in
                bot.command("send") { ctx in
                    let parcel = Parcel(chat: ctx.chatID?.rawValue ?? 0, stops: 1)
                    try await ctx.commit { try queue.enqueue(parcel, in: $0) }
                }
                bot.command("order") { ctx in
                    let parcel = Parcel(chat: ctx.chatID?.rawValue ?? 0, stops: 0)
                    try await queue.enqueue(parcel)
                }
                bot.conversation("ask", on: .command("ask")) { talk in
                    let parcel = Parcel(chat: talk.ctx.chatID?.rawValue ?? 0, stops: 0)
                    try await talk.commit("parcel") { try queue.enqueue(parcel, in: $0)?.rawValue ?? 0 }
                }
            }
            var handlers = JobHandlers()
            handlers.on(Parcel.self) { [sender = bot.sender] job, context in
                try await sender.send("stops: \(job.stops)", to: ChatID(job.chat))
                try await context.complete { connection in
                    if job.stops > 0 { try queue.enqueue(Parcel(chat: job.chat, stops: job.stops - 1), in: connection) }
                }
                return .done
            }
            let runner = JobRunner(queue, handlers: handlers)
            let shutdown = Shutdown()
            let working = Task { try await runner.run(until: shutdown) }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("/send")
                #expect(try await alice.hears() == "stops: 1")
                #expect(try await alice.hears() == "stops: 0")
                for command in ["/order", "/ask"] {
                    try await alice.say(command)
                    #expect(try await alice.hears() == "stops: 0")
                }
            }
            shutdown.trigger()
            try await working.value
            let traces = stage.log.records.filter { $0.message == "update taken" }.compactMap { $0.fields["trace"] }
            try #require(traces.count == 3)
            for (trace, count) in zip(traces, [2, 1, 1]) {
                let steps = stage.log.records.filter { $0.fields["trace"] == trace }.map(\.message)
                for step in ["job started", "call", "call ended", "job completed"] {
                    #expect(steps.count { $0 == step } == count, "\(trace): \(step) in \(steps)")
                }
            }
            guard case .string(let name)? = traces.last else { return #expect(Bool(false)) }
            let lines = metrics.render(as: .openMetrics).split(separator: "\n").filter { $0.contains(name) }
            #expect(lines.contains { $0.hasPrefix("bot_call_seconds_bucket") }, "\(lines)")
        }
    }
}
