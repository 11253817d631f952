import Glibc
internal import HTTP
import Synchronization

extension Exchange {
    // MARK: The request's content

    func nextChunk() async throws -> [UInt8]? {
        while true {
            try Task.checkCancellation()
            let chunk = try state.withLock { state throws -> [UInt8]? in
                state.incoming.isWanted = true
                if state.cut != nil { throw CancellationError() }
                return state.incoming.drain()
            }
            wake()
            if let chunk { return chunk.isEmpty ? nil : chunk }
            await waitForContent()
        }
    }

    private func waitForContent() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if state.cut != nil || state.isCancelled || state.incoming.isOver || !state.incoming.buffer.isEmpty
                        || Task.isCancelled
                    {
                        return true
                    }
                    state.incoming.reader = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.incoming.reader.take() }?.resume()
        }
    }

    // MARK: The streamed answer

    func write(_ bytes: [UInt8]) async throws {
        try Task.checkCancellation()
        let mustWait = try state.withLock { state throws in
            if state.cut != nil { throw CancellationError() }
            if !bytes.isEmpty { state.outgoing.append(bytes) }
            return state.outgoing.isFull
        }
        wake()
        guard mustWait else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if state.cut != nil || !state.outgoing.isFull || Task.isCancelled { return true }
                    state.outgoing.writer = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.outgoing.writer.take() }?.resume()
        }
        try Task.checkCancellation()
    }

    func finishOutput(complete: Bool) {
        state.withLock { $0.outgoing.finish(complete: complete) }
        wake()
    }

    /// The library has room for bytes of the answer.
    func fill(_ target: UnsafeMutableRawBufferPointer) -> OutgoingBody.Piece {
        var endsNow = false
        let (piece, writer) = state.withLock { state -> (OutgoingBody.Piece, CheckedContinuation<Void, Never>?) in
            var piece = unsafe state.outgoing.move(into: target)
            if piece == .nothingYet {
                guard enroll(&state) else { return (.cut, nil) }
                // A stop that came before the server knew of this stream did not end it.
                if state.response?.endsOnStop == true, core.isDraining.load(ordering: .sequentiallyConsistent) {
                    endsNow = true
                    state.outgoing.finish(complete: true)
                    piece = unsafe state.outgoing.move(into: target)
                } else {
                    _ = suspend(&state)
                }
            }
            if piece == .cut { state.cut = state.cut ?? .aborted }
            return (piece, state.outgoing.isFull ? nil : state.outgoing.writer.take())
        }
        if endsNow { cancelTask() }
        writer?.resume()
        // The library would close a cut stream's socket only at its next event.
        if piece == .cut { SocketEnd.cut(handle.socket) }
        return piece
    }
}
