import Storage

/// The check that tells a sound database from a damaged one.
enum Integrity {
    static func check(_ connection: any SQLConnection, path: String) throws(StorageError) {
        let faults = try connection.values("PRAGMA integrity_check(5)", as: String.self)
        guard faults == ["ok"] else {
            throw StorageError(
                .corrupt, "the database \(path) is damaged (\(faults.joined(separator: "; "))); restore a backup")
        }
        if let row = try connection.one("PRAGMA foreign_key_check") {
            let table = try row.get("table", as: String.self)
            throw StorageError(
                .corrupt, "the database \(path) has rows in \(table) that refer to missing ones; restore a backup")
        }
    }
}
