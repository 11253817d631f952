import JSON
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
}
