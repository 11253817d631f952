import Synchronization

/// The bytes of a streamed request between the task that pumps them in and the loop that sends them.
final class UploadPipe: Sendable {
    private struct State {
        var buffered: [UInt8] = []
        var start = 0
        var isPaused = false
        var isFinished = false
        var failure: HTTPClientError?
        var hasStarted = false
        var writer: CheckedContinuation<Void, Never>?
    }

    /// What the loop gets.
    enum Reading {
        case bytes(Int)
        case end
        case failure(HTTPClientError)
        /// Nothing yet: the transfer pauses, and `onResume` will be called.
        case nothingYet
    }

    /// How many unsent bytes make the pump wait.
    static let capacity = 256 << 10

    private let state = Mutex(State())
    private let stream: ByteStream

    init(_ stream: ByteStream) { self.stream = stream }

    /// Reads the stream to its end, waiting while the buffer is full; `onResume` tells a paused transfer to go on.
    func pump(onResume: @escaping @Sendable () -> Void) async {
        do {
            try await stream.pump { chunk in
                try Task.checkCancellation()
                guard !chunk.isEmpty else { return }
                if self.push(chunk) { onResume() }
                await self.waitForRoom()
                try Task.checkCancellation()
            }
            if end(with: nil) { onResume() }
        } catch let error as HTTPClientError {
            if end(with: error) { onResume() }
        } catch {
            if end(with: .unreadableBody("its stream failed")) { onResume() }
        }
    }

    /// Copies what there is to the loop's buffer.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Reading {
        let (reading, writer) = state.withLock { state -> (Reading, CheckedContinuation<Void, Never>?) in
            if let failure = state.failure { return (.failure(failure), nil) }
            let count = min(buffer.count, state.buffered.count - state.start)
            guard count > 0 else {
                if state.isFinished { return (.end, nil) }
                state.isPaused = true
                return (.nothingYet, nil)
            }
            unsafe state.buffered.withUnsafeBytes { bytes in
                unsafe buffer.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: bytes[state.start..<state.start + count]))
            }
            state.start += count
            if state.start == state.buffered.count {
                state.buffered.removeAll(keepingCapacity: true)
                state.start = 0
            }
            let hasRoom = state.buffered.count - state.start < Self.capacity
            guard hasRoom, let writer = state.writer else { return (.bytes(count), nil) }
            state.writer = nil
            return (.bytes(count), writer)
        }
        writer?.resume()
        return reading
    }

    /// Lets a waiting pump go; it then sees that its task is cancelled.
    func abandon() {
        let writer = state.withLock { state in
            state.isFinished = true
            let writer = state.writer
            state.writer = nil
            return writer
        }
        writer?.resume()
    }

    private func push(_ chunk: [UInt8]) -> Bool {
        state.withLock { state in
            state.buffered.append(contentsOf: chunk)
            let wasPaused = state.isPaused
            state.isPaused = false
            return wasPaused
        }
    }

    private func end(with failure: HTTPClientError?) -> Bool {
        state.withLock { state in
            state.isFinished = true
            state.failure = failure
            let wasPaused = state.isPaused
            state.isPaused = false
            return wasPaused
        }
    }

    private func waitForRoom() async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if state.isFinished || state.buffered.count - state.start < Self.capacity { return true }
                state.writer = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
    }
}
