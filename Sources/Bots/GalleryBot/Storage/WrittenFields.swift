internal import Storage
internal import Support

/// The table `gallery_written`: what was written into the library's fields, so that nothing of anybody else's is.
struct WrittenFields: Sendable {
    /// A field of the library that votes may be written to.
    enum Field: String, Sendable, CaseIterable {
        /// 1 to 100, or empty.
        case rating
        /// 1 for true; false counts as empty.
        case organized
    }

    static let migrations = [
        Migration(
            "create gallery_written",
            """
            CREATE TABLE gallery_written (
                photo_number BIGINT NOT NULL,
                field TEXT NOT NULL,
                value BIGINT,
                is_attempted BOOLEAN NOT NULL,
                attempted_value BIGINT,
                is_theirs BOOLEAN NOT NULL,
                written_at BIGINT NOT NULL,
                PRIMARY KEY (photo_number, field)
            );
            """)
    ]

    /// What is known of a field; one that was never written is empty by our doing.
    func find(
        _ field: Field, of photo: Int64, in connection: any SQLConnection
    ) throws(StorageError) -> WrittenField {
        let row = try connection.one(
            """
            SELECT value, is_attempted, attempted_value, is_theirs FROM gallery_written
            WHERE photo_number = \(photo) AND field = \(field.rawValue)
            """)
        guard let row else { return WrittenField() }
        let isAttempted: Bool = try row.get("is_attempted")
        return WrittenField(
            value: try row.get("value"),
            attempt: isAttempted ? WrittenField.Attempt(value: try row.get("attempted_value")) : nil,
            isTheirs: try row.get("is_theirs"))
    }

    /// Notes what is known of a field from now on.
    func save(
        _ state: WrittenField, for field: Field, of photo: Int64, now: Timestamp, in connection: any SQLConnection
    ) throws(StorageError) {
        try connection.execute(
            """
            INSERT INTO gallery_written
                (photo_number, field, value, is_attempted, attempted_value, is_theirs, written_at)
            VALUES (\(photo), \(field.rawValue), \(state.value), \(state.attempt != nil), \(state.attempt?.value),
                \(state.isTheirs), \(now))
            ON CONFLICT (photo_number, field) DO UPDATE SET
                value = excluded.value, is_attempted = excluded.is_attempted,
                attempted_value = excluded.attempted_value, is_theirs = excluded.is_theirs,
                written_at = excluded.written_at
            """)
    }
}
