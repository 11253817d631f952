import HTTPClient
import Storage
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

/// Polls that are cut off, and what the next ones make of it.
@Suite(.timeLimit(.minutes(2)))
struct CutPollTests {
    /// What becomes of a poll.
    enum Fate: Sendable {
        /// The connection breaks.
        case cut
        /// Another poll takes its place.
        case conflict
        /// It stays without an answer.
        case hangs
    }

    /// Treats the first polls by a list, and lets the others through.
    private final class Fates: TelegramInterceptor {
        private let rest: Mutex<[Fate]>

        init(_ fates: [Fate]) { rest = Mutex(fates) }

        func intercept(
            _ request: TelegramRequest, next: TelegramHandler
        ) async throws(TelegramError) -> TelegramReply {
            guard request.method == GetUpdates.name, let fate = rest.withLock({ $0.isEmpty ? nil : $0.removeFirst() })
            else { return try await next(request) }
            switch fate {
            case .cut: throw .network(.connectionLost(host: "telegram"))
            case .conflict: throw .conflict(.otherPoller, description: "terminated by other getUpdates request")
            case .hangs:
                await Shutdown().wait()
                throw .network(.cancelled)
            }
        }
    }

    private static func echo(
        _ stage: Stage, _ fates: [Fate], time: any TimeSource = SystemTime(),
        change: (inout BotConfiguration) -> Void = { _ in }
    ) throws -> Bot {
        var configuration = stage.configuration
        configuration.longPoll = .seconds(1)
        configuration.setsCommands = false
        configuration.interceptors = [Fates(fates)]
        change(&configuration)
        return try stage.bot(configuration, time: time) { bot in
            bot.text { ctx, text in try await ctx.reply(text) }
        }
    }

    @Test(
        arguments: [
            ([.cut, .conflict], false), ([.cut, .cut, .conflict], false), ([.conflict], true),
            ([.cut, .conflict, .conflict], true),
        ] as [([Fate], Bool)])
    func `a conflict is another program's, unless it follows a poll of ours that was cut off`(
        fates: [Fate], isRival: Bool
    ) async throws {
        try await Stage.play { stage in
            let bot = try Self.echo(stage, fates)
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("hello")
                #expect(try await alice.hears() == "hello")
                #expect(stage.log.hasRival == isRival)
                #expect(bot.status.hasRival == isRival)
            }
        }
    }

    @Test func `a poll without an answer is given up long after its end, and the next one brings what waits`()
        async throws
    {
        let time = ManualTime()
        try await Stage.play { stage in
            let bot = try Self.echo(stage, [.hangs], time: time)
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                try await alice.say("hello")
                // The first poll is to come back at once.
                await time.waitForSleepers(within: .seconds(30))
                time.advance(by: .seconds(30))
                #expect(try await alice.hears() == "hello")
                #expect(stage.log.records.contains { $0.fields["error"] == "no answer to a poll long after its end" })
            }
        }
    }

    @Test func `a clock that is turned by hours finds no poll to be hanging`() async throws {
        let time = ManualTime()
        try await Stage.play { stage in
            let bot = try Self.echo(stage, [], time: time) { $0.liftTimeLimits() }
            try await stage.run(bot) {
                let alice = try await stage.person(501)
                for number in 1...3 {
                    try await alice.say("\(number)")
                    #expect(try await alice.hears() == "\(number)")
                    time.advance(by: .seconds(3600))
                }
                #expect(!stage.log.records.contains { $0.message == "polling failed" })
            }
        }
    }
}
