import Glibc
import Support
import Testing

@Suite struct TerminationSignalsTests {
    @Test func `the first signal asks to finish`() async {
        await #expect(processExitsWith: .exitCode(7)) {
            let shutdown = Shutdown()
            TerminationSignals.handle(triggering: shutdown)
            kill(getpid(), SIGTERM)
            await shutdown.wait()
            exit(7)
        }
    }

    @Test func `the second ends the process at once`() async {
        await #expect(processExitsWith: .exitCode(128 + SIGINT)) {
            let shutdown = Shutdown()
            TerminationSignals.handle(triggering: shutdown)
            kill(getpid(), SIGTERM)
            await shutdown.wait()
            kill(getpid(), SIGINT)
            await Shutdown().wait()
        }
    }

    @Test func `a closed pipe is an error and no end`() async {
        await #expect(processExitsWith: .exitCode(7)) {
            TerminationSignals.handle(triggering: Shutdown())
            var ends: [Int32] = [0, 0]
            guard unsafe pipe(&ends) == 0 else { exit(1) }
            close(ends[0])
            let count = unsafe write(ends[1], [1], 1)
            exit(count == -1 && errno == EPIPE ? 7 : 1)
        }
    }
}
