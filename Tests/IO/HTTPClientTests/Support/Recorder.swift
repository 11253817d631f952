import Synchronization

/// What a server's thread saw, for the test to wait for.
final class Recorder<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])
    private let stream: AsyncStream<Value>
    private let continuation: AsyncStream<Value>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func record(_ value: Value) {
        values.withLock { $0.append(value) }
        continuation.yield(value)
    }

    /// All so far.
    var all: [Value] { values.withLock { $0 } }

    /// The next value that nobody has waited for yet.
    func next() async -> Value? {
        var iterator = stream.makeAsyncIterator()
        return await iterator.next()
    }
}
