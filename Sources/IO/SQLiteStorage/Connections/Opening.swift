import Storage

/// Opens connections with the settings that every one of them has.
enum Opening {
    static func writer(_ configuration: SQLiteDatabase.Configuration) throws(StorageError) -> SQLiteConnection {
        let connection = try SQLiteConnection(path: configuration.path, isReader: false, createsFile: true)
        connection.handle.setBusyTimeout(milliseconds: configuration.busyMilliseconds)
        guard !connection.handle.isFileReadOnly else {
            throw connection.handle.error(.readOnly, statement: nil)
        }
        if let pages = configuration.maximumPages { try connection.control("PRAGMA max_page_count = \(pages)") }
        try useLog(connection)
        // 16 MB: pages that change all the time are copied into the file a quarter as often as by default.
        try connection.control("PRAGMA wal_autocheckpoint = 4000")
        // A log that one long reader made big gives its room back afterwards.
        try connection.control("PRAGMA journal_size_limit = 67108864")
        try common(connection)
        return connection
    }

    static func reader(_ configuration: SQLiteDatabase.Configuration) throws(StorageError) -> SQLiteConnection {
        let connection = try SQLiteConnection(path: configuration.path, isReader: true, createsFile: false)
        connection.handle.setBusyTimeout(milliseconds: configuration.busyMilliseconds)
        try common(connection)
        try connection.control("PRAGMA query_only = ON")
        return connection
    }

    private static func common(_ connection: SQLiteConnection) throws(StorageError) {
        try connection.control("PRAGMA foreign_keys = ON")
        try connection.control("PRAGMA trusted_schema = OFF")
        try connection.control("PRAGMA temp_store = MEMORY")
        // Reads the list of tables, so that a damaged file is found now and not at the first query.
        try connection.control("SELECT count(*) FROM sqlite_schema")
    }

    /// Switches the file to a write-ahead log, which lets readers go on while the writer writes.
    private static func useLog(_ connection: SQLiteConnection) throws(StorageError) {
        let mode = try connection.query("PRAGMA journal_mode = WAL").first?.values.first
        guard mode == .text("wal") else {
            throw StorageError(
                .cannotOpen,
                "the database \(connection.handle.path) is on a file system without shared memory;"
                    + " put it on a local disk")
        }
    }
}
