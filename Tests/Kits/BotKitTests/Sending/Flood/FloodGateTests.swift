import Support
import Testing

@testable import BotKit

@Suite(.timeLimit(.minutes(1)))
struct FloodGateTests {
    let chat = FloodDestination(chat: 1)
    let answer = FloodControl.Load(priority: .answer, patience: .seconds(60))

    @Test func `a banned chat is entered when the time is over`() async {
        let time = ManualTime()
        let gate = FloodGate(budgets: .unlimited, time: time)
        #expect(gate.refuse(chat, messages: 1, for: .seconds(20)) == .chat)
        let first = Task { await gate.enter(chat, answer) }
        await time.waitForSleepers()
        #expect(await gate.enter(FloodDestination(chat: 2), answer) == .passed, "another chat is not held up")
        time.advance(by: .seconds(21))
        #expect(await first.value == .passed)
    }

    @Test func `a cancelled caller leaves the line and lets the next one in`() async {
        let time = ManualTime()
        let gate = FloodGate(budgets: .unlimited, time: time)
        _ = gate.refuse(chat, messages: 1, for: .seconds(20))
        let first = Task { await gate.enter(chat, answer) }
        await time.waitForSleepers()
        let second = Task { await gate.enter(chat, answer) }
        first.cancel()
        #expect(await first.value == .cancelled)
        time.advance(by: .seconds(21))
        #expect(await second.value == .passed)
        #expect(gate.waitingCount == 0)
    }

    @Test func `who would not wait so long is told at once`() async {
        let time = ManualTime()
        let gate = FloodGate(budgets: .unlimited, time: time)
        _ = gate.refuse(chat, messages: 1, for: .seconds(20))
        let waiting = Task { await gate.enter(chat, answer) }
        await time.waitForSleepers()
        _ = gate.refuse(chat, messages: 1, for: .seconds(3600))
        #expect(await waiting.value == .banned(.seconds(3600)))
        #expect(await gate.enter(chat, answer) == .banned(.seconds(3600)))
        #expect(gate.ban == .zero, "the bot itself is free")
    }
}
