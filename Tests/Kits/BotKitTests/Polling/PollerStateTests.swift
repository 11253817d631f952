import Support
import Testing

@testable import BotKit

struct PollerStateTests {
    @Test func `the offset moves only with what is stored`() {
        var state = PollerState(offset: nil)
        #expect(state.next() == .poll(offset: nil, timeout: .zero))
        state.stored(last: 41)
        #expect(state.next() == .poll(offset: 42, timeout: .seconds(30)))
        state.failed(.storage, jitter: 0)
        #expect(state.next() == .wait(.milliseconds(250)))
        #expect(state.next() == .poll(offset: 42, timeout: .seconds(30)))
        state.stored(last: nil)
        #expect(state.next() == .poll(offset: 42, timeout: .seconds(30)))
        // After a week without updates Telegram begins again somewhere else.
        state.stored(last: 7)
        #expect(state.next() == .poll(offset: 8, timeout: .seconds(30)))
    }

    @Test func `the first poll returns at once, until one has worked`() {
        var state = PollerState(offset: nil)
        state.failed(.network, jitter: 0.5)
        _ = state.next()
        #expect(state.next() == .poll(offset: nil, timeout: .zero))
    }

    @Test(arguments: [PollerState.Failure.otherPoller, .server, .network, .storage])
    func `failures are waited out, doubling up to a limit`(failure: PollerState.Failure) {
        var state = PollerState(offset: 1)
        var waits: [Duration] = []
        for _ in 0..<9 {
            state.failed(failure, jitter: 1)
            guard case .wait(let duration) = state.next() else { return #expect(Bool(false)) }
            waits.append(duration)
        }
        #expect(waits == [0.5, 1, 2, 4, 8, 16, 30, 30, 30].map { .seconds($0) })
        state.stored(last: nil)
        state.failed(failure, jitter: 0)
        #expect(state.next() == .wait(.milliseconds(250)), "one success forgets the failures")
    }

    @Test func `a flood answer is waited out to the second`() {
        var state = PollerState(offset: 1)
        state.failed(.flood(.seconds(17)), jitter: 0)
        #expect(state.next() == .wait(.seconds(17)))
    }

    @Test func `a webhook that is set is deleted, and not for ever`() {
        var state = PollerState(offset: 1)
        for _ in 0..<3 {
            state.failed(.webhookActive, jitter: 0)
            #expect(state.next() == .deleteWebhook)
        }
        state.failed(.webhookActive, jitter: 1)
        #expect(state.next() == .wait(.seconds(4)))
    }

    @Test func `a token that stays invalid ends it, one bad answer does not`() {
        var state = PollerState(offset: 1, rules: PollerState.Rules(unauthorizedLimit: 3))
        for _ in 0..<2 {
            state.failed(.unauthorized, jitter: 1)
            guard case .wait = state.next() else { return #expect(Bool(false)) }
        }
        state.failed(.server, jitter: 1)
        _ = state.next()
        for _ in 0..<2 {
            state.failed(.unauthorized, jitter: 1)
            guard case .wait = state.next() else { return #expect(Bool(false)) }
        }
        state.failed(.unauthorized, jitter: 1)
        #expect(state.next() == .stop)
    }

    @Test func `a wedged connection is replaced at once, and waited for if that does not help`() {
        var state = PollerState(offset: 1)
        state.failed(.wedged, jitter: 1)
        #expect(state.next() == .poll(offset: 1, timeout: .zero))
        state.failed(.wedged, jitter: 1)
        #expect(state.next() == .wait(.seconds(1)))
    }
}
