import Support
import Testing

@testable import BotKit

@Suite(.timeLimit(.minutes(1)))
struct FloodGateTests {
    @Test func `a banned chat is entered when the time is over`() async {
        let time = ManualTime()
        let gate = FloodGate(budgets: .unlimited, time: time)
        let chat = FloodControl.Destination(chat: 1)
        gate.ban(chat, for: .seconds(20))
        let first = Task { await gate.enter(chat, .answer) }
        await time.waitForSleepers()
        #expect(await gate.enter(FloodControl.Destination(chat: 2), .answer), "another chat is not held up")
        time.advance(by: .seconds(21))
        #expect(await first.value)
    }

    @Test func `a cancelled caller leaves the line and lets the next one in`() async {
        let time = ManualTime()
        let gate = FloodGate(budgets: .unlimited, time: time)
        let chat = FloodControl.Destination(chat: 1)
        gate.ban(chat, for: .seconds(20))
        let first = Task { await gate.enter(chat, .answer) }
        await time.waitForSleepers()
        let second = Task { await gate.enter(chat, .answer) }
        first.cancel()
        #expect(await first.value == false)
        time.advance(by: .seconds(21))
        #expect(await second.value)
    }
}
