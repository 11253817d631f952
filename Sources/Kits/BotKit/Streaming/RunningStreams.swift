import Synchronization
import TelegramAPI

/// The streamed texts that are being written, so that a press of stop finds its own.
final class RunningStreams: Sendable {
    private struct State {
        var streams: [ChatID: [TextStream]] = [:]
        var nextDraft = 0
    }

    private let state = Mutex(State())

    /// Draft numbers far apart, since a long text uses one for each of its messages; never 0 (`sendMessageDraft`).
    func firstDraft(seed: Int64) -> Int {
        state.withLock { state in
            state.nextDraft = (state.nextDraft + 1) % 30_000
            return Int(truncatingIfNeeded: seed & 0x7FFF) << 31 | (state.nextDraft + 1) << 16 | 1
        }
    }

    func add(_ stream: TextStream, in chat: ChatID) {
        state.withLock { $0.streams[chat, default: []].append(stream) }
    }

    func remove(_ stream: TextStream, in chat: ChatID) {
        state.withLock { state in
            state.streams[chat]?.removeAll { $0 === stream }
            if state.streams[chat]?.isEmpty == true { state.streams[chat] = nil }
        }
    }

    /// Stops the text whose draft this is, or was a moment ago; false where nothing is being written.
    func stop(draft: Int, in chat: ChatID) -> Bool {
        let streams = state.withLock { $0.streams[chat] ?? [] }
        // A press may cross with the step to the next message of the same text.
        guard let stream = streams.first(where: { $0.draftID >> 16 == draft >> 16 }) else { return false }
        stream.stop()
        return true
    }
}
