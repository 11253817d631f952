internal import PhotoLibraries
internal import Support
internal import Synchronization

/// Pictures that are at hand for a short while: loaded ahead, or for an album that is tried again.
///
/// Bounded in bytes and in time; what was used longest ago goes first.
final class PictureCache: Sendable {
    private struct Entry {
        var content: PhotoContent
        var storedAt: Duration
        var usedAt: UInt64
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var bytes = 0
        var clock: UInt64 = 0

        mutating func remove(_ key: String) {
            guard let entry = entries.removeValue(forKey: key) else { return }
            bytes -= entry.content.bytes.count
        }
    }

    private let limit: Int
    private let maximumAge: Duration
    private let time: any TimeSource
    private let state = Mutex(State())

    /// - Parameters:
    ///   - limit: The most bytes that are held.
    ///   - maximumAge: How long a picture is taken for current.
    init(limit: Int, maximumAge: Duration, time: any TimeSource) {
        self.limit = limit
        self.maximumAge = maximumAge
        self.time = time
    }

    /// How many bytes are held.
    var bytes: Int { state.withLock(\.bytes) }

    /// A picture that is at hand; nil when it is not, or no longer.
    subscript(key: String) -> PhotoContent? {
        state.withLock { state in
            guard let entry = state.entries[key] else { return nil }
            guard time.uptime - entry.storedAt < maximumAge else {
                state.remove(key)
                return nil
            }
            state.clock += 1
            state.entries[key]?.usedAt = state.clock
            return entry.content
        }
    }

    /// Keeps a picture; one that would take more than half of the room is not kept.
    func store(_ content: PhotoContent, for key: String) {
        let size = content.bytes.count
        guard size * 2 <= limit else { return }
        state.withLock { state in
            state.remove(key)
            let now = time.uptime
            for (key, entry) in state.entries where now - entry.storedAt >= maximumAge { state.remove(key) }
            while state.bytes + size > limit, let oldest = state.entries.min(by: { $0.value.usedAt < $1.value.usedAt })
            {
                state.remove(oldest.key)
            }
            state.clock += 1
            state.entries[key] = Entry(content: content, storedAt: now, usedAt: state.clock)
            state.bytes += size
        }
    }

    /// Lets a picture go; the others stay.
    func remove(_ key: String) {
        state.withLock { $0.remove(key) }
    }
}
