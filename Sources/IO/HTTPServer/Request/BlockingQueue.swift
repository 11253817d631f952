import Support
import Synchronization

/// A thread that runs blocking work in order, so that the cooperative pool does not block.
final class BlockingQueue: Sendable {
    private struct State {
        var work: [@Sendable () -> Void] = []
        var isOver = false
    }

    private let state = Mutex(State())
    private let signal = Semaphore()

    init(name: String) {
        // The thread holds the queue until `stop`.
        OSThread.start(name: name) { self.loop() }.detach()
    }

    /// Runs `body` after what was given before it.
    func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            submit { continuation.resume(with: Result { try body() }) }
        }
    }

    /// Runs `body`, which cannot fail, after what was given before it.
    func clean(_ body: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            submit {
                body()
                continuation.resume()
            }
        }
    }

    /// Ends the thread after the work given so far.
    func stop() {
        state.withLock { $0.isOver = true }
        signal.signal()
    }

    private func submit(_ work: @escaping @Sendable () -> Void) {
        state.withLock { $0.work.append(work) }
        signal.signal()
    }

    private func loop() {
        while true {
            signal.wait()
            let (work, isOver) = state.withLock { state in
                defer { state.work = [] }
                return (state.work, state.isOver)
            }
            for item in work { item() }
            if isOver { return }
        }
    }
}

/// A form being read, handed from one call on the disk's thread to the next.
final class FormBox: Sendable {
    private let reader: Mutex<FormReader>

    init(_ reader: FormReader) { self.reader = Mutex(reader) }

    func withReader<T: Sendable>(_ body: (inout sending FormReader) throws -> sending T) rethrows -> T {
        try reader.withLock { try body(&$0) }
    }
}
