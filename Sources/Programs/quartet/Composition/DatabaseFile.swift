import Configuration
import Glibc
import SQLiteStorage
import Storage
import Support

/// A bot's database as the settings place it.
struct DatabaseFile: Sendable {
    let name: String
    let path: String

    static func all(_ settings: Settings) -> [DatabaseFile] {
        [DatabaseFile(name: "gallery", path: settings[Options.Gallery.databasePath])]
    }

    var exists: Bool { unsafe access(path, F_OK) == 0 }

    /// Opens the database and makes its folder where it is missing.
    func open(logger: Logger = .disabled) async throws -> SQLiteDatabase {
        if let folder = Folder.parent(of: path) { try Folder.make(folder) }
        return try await SQLiteDatabase.open(path: path, logger: logger)
    }
}

extension StorageError {
    /// The same fault with the file that it is about, where the line does not name it yet.
    func naming(_ path: String) -> StorageError {
        message.contains(path) ? self : StorageError(code, "\(path): \(message)", statement: statement)
    }
}
