/// Which album a message belongs to: by its chat and the number that its parts share.
struct AlbumKey: Hashable, Sendable {
    let chat: Int64
    let group: String
}

/// Parts of albums that are still coming in, and when each album is taken to be whole.
///
/// Telegram sends an album as messages of their own and does not say how many; when nothing more has come for a
/// while, or ten have come, it is whole. Pure: times are the clock's uptime.
struct AlbumTable<Part> {
    /// Most files of an album (Bot API, sendMediaGroup).
    static var limit: Int { 10 }

    private struct Album {
        var parts: [(message: Int, part: Part)]
        var deadline: Duration
    }

    private var albums: [AlbumKey: Album] = [:]

    /// Parts that wait for others.
    var count: Int { albums.values.reduce(0) { $0 + $1.parts.count } }

    /// What adding a part leads to.
    enum Addition {
        /// The first part of an album: look again when it may be whole.
        case first(lookAt: Duration)
        /// The album is being waited for already.
        case further
        /// The album is whole, its parts in order.
        case whole([Part])
    }

    /// Adds a part; the album then waits until nothing has come for `quiet`.
    mutating func add(
        _ part: Part, message: Int, to key: AlbumKey, at now: Duration, quiet: Duration
    ) -> Addition {
        let isFirst = albums[key] == nil
        var album = albums[key] ?? Album(parts: [], deadline: .zero)
        album.parts.append((message, part))
        album.deadline = max(album.deadline, now + quiet)
        albums[key] = album
        if album.parts.count >= Self.limit { return .whole(take(key)) }
        return isFirst ? .first(lookAt: album.deadline) : .further
    }

    /// Whether an album's time has come.
    func isDue(at now: Duration) -> Bool { albums.values.contains { $0.deadline <= now } }

    /// What looking at an album finds.
    enum Look {
        /// A part has come meanwhile: look again then.
        case later(Duration)
        /// The album is whole, its parts in order; empty where it was taken before.
        case whole([Part])
    }

    /// Looks whether an album's time has come.
    mutating func look(at key: AlbumKey, at now: Duration) -> Look {
        guard let album = albums[key] else { return .whole([]) }
        return album.deadline > now ? .later(album.deadline) : .whole(take(key))
    }

    /// Forgets all parts.
    mutating func clear() { albums = [:] }

    private mutating func take(_ key: AlbumKey) -> [Part] {
        let parts = albums.removeValue(forKey: key)?.parts ?? []
        return parts.sorted { $0.message < $1.message }.map(\.part)
    }
}
