import Synchronization

/// The bytes of a streamed answer between the loop, which fills it, and the one task that reads it.
final class BodyChannel: Sendable {
    private struct State {
        var buffered: [UInt8] = []
        var isPaused = false
        var end: Result<Void, HTTPClientError>?
        var reader: CheckedContinuation<Void, Never>?
    }

    /// What the reader gets.
    enum Reading {
        /// Bytes; the transfer was paused for want of room and can go on.
        case bytes([UInt8], resumes: Bool)
        case end
        case failure(HTTPClientError)
        case nothingYet
    }

    /// From how many unread bytes on the server has to wait.
    static let capacity = 256 << 10

    private let state = Mutex(State())

    /// Takes bytes from the loop; false if there is no room, and the loop shall offer them again when resumed.
    func offer(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let (isTaken, reader) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
            guard state.buffered.count < Self.capacity else {
                state.isPaused = true
                return (false, nil)
            }
            unsafe state.buffered.append(contentsOf: bytes)
            return (true, state.reader.take())
        }
        reader?.resume()
        return isTaken
    }

    /// Ends the stream; what is buffered is still read.
    func finish(_ result: Result<Void, HTTPClientError>) {
        let reader = state.withLock { state in
            if state.end == nil { state.end = result }
            return state.reader.take()
        }
        reader?.resume()
    }

    /// Whether the loop is done with the transfer.
    var isOver: Bool { state.withLock { $0.end != nil } }

    /// What there is now.
    func read() -> Reading {
        state.withLock { state in
            if case .failure(.cancelled) = state.end { return .failure(.cancelled) }
            if !state.buffered.isEmpty {
                let bytes = state.buffered
                state.buffered = []
                let resumes = state.isPaused
                state.isPaused = false
                return .bytes(bytes, resumes: resumes)
            }
            return switch state.end {
            case .success: .end
            case .failure(let error): .failure(error)
            case nil: .nothingYet
            }
        }
    }

    /// Waits until there is something to read.
    func waitForChange() async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if !state.buffered.isEmpty || state.end != nil { return true }
                state.reader = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
    }
}

extension Optional where Wrapped: Sendable {
    /// The value, leaving nothing behind.
    fileprivate mutating func take() -> Wrapped? {
        defer { self = nil }
        return self
    }
}
