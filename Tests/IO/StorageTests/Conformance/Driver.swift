import FoundationEssentials
import SQLiteStorage
import Storage
import Testing

/// A database driver under test: how to get an empty database of it.
///
/// A new driver joins the conformance suite by one more line in `all`.
struct Driver: Sendable, CustomTestStringConvertible {
    let name: String
    let withDatabase: @Sendable (_ body: @Sendable (any Database) async throws -> Void) async throws -> Void

    var testDescription: String { name }

    static let all: [Driver] = [.sqlite]

    static let sqlite = Driver(name: "SQLite") { body in
        try await withTemporaryDirectory { directory in
            let database = try await SQLiteDatabase.open(path: "\(directory)/test.db")
            do {
                try await body(database)
            } catch {
                await database.close()
                throw error
            }
            await database.close()
        }
    }
}

/// Lends a new directory that is removed afterwards.
func withTemporaryDirectory<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let files = FileManager.default
    let path = files.temporaryDirectory.appending(path: "quartet-storage-\(UUID().uuidString)").path
    try files.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer {
        do {
            try files.removeItem(atPath: path)
        } catch {
            Issue.record(error, "the temporary directory stays behind")
        }
    }
    return try await body(path)
}
