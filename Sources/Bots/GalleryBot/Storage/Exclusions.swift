internal import Storage
internal import Support

/// The tables `gallery_exclusions` and `gallery_offers`: galleries that a person or a group does not want to see.
struct Exclusions: Sendable {
    /// A hidden gallery.
    struct Entry: Equatable, Sendable {
        var gallery: String
        var name: String
        var excludedBy: Int64
        var excludedAt: Timestamp
    }

    static let migrations = [
        Migration(
            "create gallery_exclusions",
            """
            CREATE TABLE gallery_exclusions (
                scope_id BIGINT NOT NULL,
                gallery_id TEXT NOT NULL,
                name TEXT NOT NULL,
                excluded_by BIGINT NOT NULL,
                excluded_at BIGINT NOT NULL,
                PRIMARY KEY (scope_id, gallery_id)
            );
            CREATE TABLE gallery_offers (
                scope_id BIGINT NOT NULL,
                gallery_id TEXT NOT NULL,
                offered_at BIGINT NOT NULL,
                PRIMARY KEY (scope_id, gallery_id)
            );
            """)
    ]

    /// Hides a gallery; hiding it again changes nothing.
    func add(
        _ gallery: String, name: String, by user: Int64, scope: TasteScope, now: Timestamp,
        in connection: any SQLConnection
    ) throws(StorageError) {
        try connection.execute(
            """
            INSERT INTO gallery_exclusions (scope_id, gallery_id, name, excluded_by, excluded_at)
            VALUES (\(scope.id), \(gallery), \(name), \(user), \(now))
            ON CONFLICT (scope_id, gallery_id) DO NOTHING
            """)
    }

    /// Shows a gallery again; false where it was not hidden.
    @discardableResult
    func remove(
        _ gallery: String, scope: TasteScope, in connection: any SQLConnection
    ) throws(StorageError) -> Bool {
        try connection.execute(
            "DELETE FROM gallery_exclusions WHERE scope_id = \(scope.id) AND gallery_id = \(gallery)") > 0
    }

    /// Whether a gallery is hidden.
    func contains(
        _ gallery: String, scope: TasteScope, in connection: any SQLConnection
    ) throws(StorageError) -> Bool {
        try connection.one(
            "SELECT 1 FROM gallery_exclusions WHERE scope_id = \(scope.id) AND gallery_id = \(gallery)") != nil
    }

    /// The hidden galleries, the last one first.
    func all(of scope: TasteScope, in connection: any SQLConnection) throws(StorageError) -> [Entry] {
        var entries: [Entry] = []
        let rows = try connection.query(
            """
            SELECT gallery_id, name, excluded_by, excluded_at FROM gallery_exclusions
            WHERE scope_id = \(scope.id) ORDER BY excluded_at DESC, gallery_id
            """)
        for row in rows {
            entries.append(
                Entry(
                    gallery: try row.get("gallery_id"), name: try row.get("name"),
                    excludedBy: try row.get("excluded_by"), excludedAt: try row.get("excluded_at")))
        }
        return entries
    }

    /// Notes that a gallery was offered to be hidden; false where it was offered before.
    func offer(
        _ gallery: String, scope: TasteScope, now: Timestamp, in connection: any SQLConnection
    ) throws(StorageError) -> Bool {
        try connection.execute(
            """
            INSERT INTO gallery_offers (scope_id, gallery_id, offered_at) VALUES (\(scope.id), \(gallery), \(now))
            ON CONFLICT (scope_id, gallery_id) DO NOTHING
            """) > 0
    }

    /// Shows a person everything again.
    func forget(_ user: Int64, in connection: any SQLConnection) throws(StorageError) {
        try connection.execute("DELETE FROM gallery_exclusions WHERE scope_id = \(user)")
        try connection.execute("DELETE FROM gallery_offers WHERE scope_id = \(user)")
    }
}
