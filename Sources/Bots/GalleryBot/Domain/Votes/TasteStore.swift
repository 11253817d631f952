internal import Storage
internal import Support
internal import Synchronization

/// What people like and do not want to see, read from their votes and remembered until they vote again.
final class TasteStore: Sendable {
    /// Preferences with what is hidden, as they stood together.
    struct Reading: Equatable, Sendable {
        var preferences: Preferences
        var excludedGalleries: Set<String>
        /// The sum of the votes on each photo, by the library's identifier.
        var votes: [String: Int]
    }

    private struct Known {
        var reading: Reading
        var readAt: Timestamp
    }

    private struct State {
        var known: [TasteScope: Known] = [:]
        /// Counts changes: a reading that began before one must not be remembered after it.
        var generation = 0
    }

    /// Votes fade slowly, so a reading stays good enough for this long.
    private static let maximumAge = Duration.seconds(3600)
    private static let mostKnown = 1000

    let rules: Preferences.Rules
    private let database: any Database
    private let time: any TimeSource
    private let state = Mutex(State())

    init(database: any Database, rules: Preferences.Rules, time: any TimeSource) {
        self.database = database
        self.rules = rules
        self.time = time
    }

    /// What is known of a scope's taste, with all votes and exclusions that were committed before the call.
    func reading(of scope: TasteScope) async throws -> Reading {
        let now = time.now
        let (known, generation) = state.withLock { ($0.known[scope], $0.generation) }
        if let known, now < known.readAt.adding(Self.maximumAge) { return known.reading }
        let (cast, excluded) = try await database.read { connection in
            (
                try Self.votes(of: scope, in: connection),
                try Exclusions().all(of: scope, in: connection).map(\.gallery)
            )
        }
        let reading = Reading(
            preferences: Preferences(cast.votes, at: now, rules: rules), excludedGalleries: Set(excluded),
            votes: cast.sums)
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.known.count >= Self.mostKnown { state.known = [:] }
            state.known[scope] = Known(reading: reading, readAt: now)
        }
        return reading
    }

    /// What choosing goes by.
    func taste(of scope: TasteScope) async throws -> Taste {
        let reading = try await reading(of: scope)
        let weights = { @Sendable (opinions: [Preferences.Opinion]) in
            opinions.reduce(into: [String: Double]()) { if $1.score != nil { $0[$1.label.id] = $1.weight } }
        }
        return Taste(
            galleryWeights: weights(reading.preferences.galleries),
            performerWeights: weights(reading.preferences.performers), excludedGalleries: reading.excludedGalleries,
            votes: reading.votes)
    }

    /// Call it after a vote or an exclusion is committed.
    func forget(_ scopes: some Sequence<TasteScope>) {
        state.withLock { state in
            state.generation += 1
            for scope in scopes { state.known[scope] = nil }
        }
    }

    /// Call it after more than a few votes have changed at once.
    func forgetAll() {
        state.withLock { state in
            state.generation += 1
            state.known = [:]
        }
    }

    private static func votes(
        of scope: TasteScope, in connection: any SQLConnection
    ) throws(StorageError) -> (votes: [Preferences.Vote], sums: [String: Int]) {
        let owner: SQL = scope.isPersonal ? "v.user_id = \(scope.id)" : "v.chat_id = \(scope.id)"
        var people: [Int64: [Preferences.Label]] = [:]
        let named = try connection.query(
            """
            SELECT DISTINCT f.number, f.performer_id, f.name FROM gallery_photo_performers f
            JOIN votes v ON v.photo_number = f.number WHERE \(owner)
            """)
        for row in named {
            people[try row.get("number"), default: []].append(
                Preferences.Label(id: try row.get("performer_id"), name: try row.get("name")))
        }
        var votes: [Preferences.Vote] = []
        var sums: [String: Int] = [:]
        let cast = try connection.query(
            """
            SELECT v.photo_number, v.value, v.voted_at, p.photo_id, p.gallery_id, p.gallery_name
            FROM votes v LEFT JOIN gallery_photos p ON p.number = v.photo_number WHERE \(owner)
            """)
        for row in cast {
            guard let value = Votes.Value(rawValue: try row.get("value")) else { continue }
            if let photo = try row.get("photo_id", as: String?.self) { sums[photo, default: 0] += value.rawValue }
            var gallery: Preferences.Label?
            if let id = try row.get("gallery_id", as: String?.self) {
                gallery = Preferences.Label(id: id, name: try row.get("gallery_name", as: String?.self) ?? id)
            }
            votes.append(
                Preferences.Vote(
                    value: value, votedAt: try row.get("voted_at"), gallery: gallery,
                    performers: people[try row.get("photo_number")] ?? []))
        }
        return (votes, sums)
    }
}
