import Support
import Testing

@Suite struct ShutdownTests {
    @Test func `wakes everybody who waits`() async {
        let shutdown = Shutdown()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { await shutdown.wait() } }
            #expect(!shutdown.isTriggered)
            shutdown.trigger()
        }
        #expect(shutdown.isTriggered)
    }

    @Test func `does not hold up whoever comes later`() async {
        let shutdown = Shutdown()
        shutdown.trigger()
        shutdown.trigger()
        await shutdown.wait()
    }

    @Test func `a cancelled task stops waiting`() async {
        let shutdown = Shutdown()
        let early = Task { await shutdown.wait() }
        early.cancel()
        await early.value
        let late = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            await shutdown.wait()
        }
        await late.value
        #expect(!shutdown.isTriggered)
    }
}
