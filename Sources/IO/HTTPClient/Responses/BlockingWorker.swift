import Support
import Synchronization

/// A thread of its own for calls that block, such as writing to a disk; it ends with its owner.
final class BlockingWorker: Sendable {
    private final class Queue: Sendable {
        let jobs = Mutex<[@Sendable () -> Void]>([])
        let isOver = Atomic(false)
        let signal = Semaphore()
    }

    private let queue = Queue()

    init(name: String) {
        let thread = OSThread.start(name: name) { [queue] in
            while true {
                queue.signal.wait()
                let jobs = queue.jobs.withLock { jobs in
                    defer { jobs = [] }
                    return jobs
                }
                for job in jobs { job() }
                if jobs.isEmpty, queue.isOver.load(ordering: .acquiring) { return }
            }
        }
        thread.detach()
    }

    deinit {
        queue.isOver.store(true, ordering: .releasing)
        queue.signal.signal()
    }

    /// Runs a call on the thread.
    func run<Value: Sendable>(_ call: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            queue.jobs.withLock { $0.append { continuation.resume(returning: call()) } }
            queue.signal.signal()
        }
    }
}
