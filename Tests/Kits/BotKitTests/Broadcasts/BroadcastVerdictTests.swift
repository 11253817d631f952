import HTTPClient
import Support
import TelegramAPI
import Testing

@testable import BotKit

struct BroadcastVerdictTests {
    static let stories: [(TelegramError, hasLeft: Bool, attempts: Int, BroadcastVerdict)] = [
        (.network(.cancelled), false, 0, .later(.zero, isAttempt: false, inDoubt: false)),
        (.network(.cancelled), true, 0, .later(.zero, isAttempt: false, inDoubt: true)),
        (.notModified, true, 0, .sent),
        (.retryAfter(.seconds(9), description: ""), true, 7, .later(.seconds(9), isAttempt: false, inDoubt: false)),
        (.forbidden(.blocked, description: ""), true, 0, .unreachable(.blocked)),
        (.notFound(.chat, description: ""), true, 0, .unreachable(.notStarted)),
        (
            .unauthorized(description: "U"), true, 0,
            .halted("U (check the bot's token; @BotFather shows and renews it)")
        ),
        (.server(status: 500, description: ""), true, 0, .later(.seconds(30), isAttempt: true, inDoubt: true)),
        (.server(status: 500, description: ""), true, 2, .later(.seconds(120), isAttempt: true, inDoubt: true)),
        (
            .server(status: 500, description: "S"), true, 7, .failed("server error 500: S", isForAll: false)
        ),
        (.forbidden(.other, description: "F"), true, 0, .failed("F", isForAll: false)),
        (.badRequest(description: "B", code: 400), true, 0, .failed("B", isForAll: true)),
    ]

    @Test(arguments: stories)
    func `an error says what becomes of its chat`(
        error: TelegramError, hasLeft: Bool, attempts: Int, verdict: BroadcastVerdict
    ) {
        #expect(BroadcastVerdict(error, to: 1, hasLeft: hasLeft, attempts: attempts) == verdict)
    }

    @Test func `a success between refusals means that the message is good`() {
        var troubles = BroadcastTroubles()
        let refusal = BroadcastVerdict.failed("R", isForAll: true)
        for _ in 0..<19 { #expect(troubles.note(refusal, of: 1, at: .zero) == nil) }
        #expect(troubles.note(refusal, of: 2, at: .zero) == nil, "another broadcast counts for itself")
        #expect(troubles.note(.sent, of: 1, at: .zero) == nil)
        for _ in 0..<19 { #expect(troubles.note(refusal, of: 1, at: .zero) == nil) }
        #expect(troubles.note(refusal, of: 1, at: .zero) == "R")
    }

    @Test func `an outage is waited out, longer each time`() {
        var troubles = BroadcastTroubles()
        let fault = BroadcastVerdict.later(.seconds(30), isAttempt: true, inDoubt: true)
        var rests: [Duration] = []
        for _ in 0..<80 {
            _ = troubles.note(fault, of: 1, at: .zero)
            if rests.last != troubles.restsUntil { rests.append(troubles.restsUntil) }
        }
        #expect(rests == [0, 2, 4, 8, 16, 32, 60].map { .seconds($0) })
        _ = troubles.note(.sent, of: 1, at: .zero)
        _ = troubles.note(fault, of: 1, at: .seconds(100))
        #expect(troubles.restsUntil == .seconds(60))
    }
}
