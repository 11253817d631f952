import FoundationEssentials
import Glibc
import SQLiteStorage
import Storage
import Testing

@Suite struct OpenErrorTests {
    private func openingError(_ path: String) async throws -> StorageError {
        try #require(
            await #expect(throws: StorageError.self) {
                let database = try await SQLiteDatabase.open(path: path)
                await database.close()
            })
    }

    private func expectLine(_ error: StorageError, _ code: StorageError.Code, _ words: String...) {
        #expect(error.code == code)
        #expect(!error.message.contains("\n"))
        for word in words { #expect(error.message.contains(word), "\(error.message)") }
    }

    @Test func `a file that is no database`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/notes.txt"
            try Data("just some text that somebody wrote down, long enough to be a header\n".utf8.map { $0 }).write(
                to: URL(filePath: path))
            expectLine(try await openingError(path), .corrupt, path, "is not a database")
        }
    }

    @Test func `a damaged file`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/a.db"
            let database = try await SQLiteDatabase.open(path: path)
            try await database.write { connection in
                try connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)")
                for id in 0..<200 {
                    try connection.execute("INSERT INTO notes VALUES (\(id), \(String(repeating: "x", count: 300)))")
                }
            }
            await database.close()
            var bytes = try Data(contentsOf: URL(filePath: path))
            // The first page keeps its header of 100 bytes; the list of tables behind it is destroyed.
            for index in 100..<4096 { bytes[index] = 0xa5 }
            try bytes.write(to: URL(filePath: path))
            expectLine(try await openingError(path), .corrupt, path, "damaged", "backup")
        }
    }

    @Test func `damage inside is found by the integrity check`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/a.db"
            let database = try await SQLiteDatabase.open(path: path)
            try await database.write { connection in
                try connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)")
                for id in 0..<200 {
                    try connection.execute("INSERT INTO notes VALUES (\(id), \(String(repeating: "x", count: 300)))")
                }
            }
            try await database.checkIntegrity()
            await database.close()
            var bytes = try Data(contentsOf: URL(filePath: path))
            for index in 8192..<8300 { bytes[index] = 0xa5 }
            try bytes.write(to: URL(filePath: path))
            let damaged = try await SQLiteDatabase.open(path: path)
            let error = await #expect(throws: StorageError.self) { try await damaged.checkIntegrity() }
            #expect(error?.code == .corrupt)
            await damaged.close()
        }
    }

    @Test func `a directory that is not there`() async throws {
        try await withTemporaryDirectory { directory in
            expectLine(try await openingError("\(directory)/no/a.db"), .cannotOpen, "\(directory)/no", "does not exist")
        }
    }

    @Test func `a directory in place of the file`() async throws {
        try await withTemporaryDirectory { directory in
            expectLine(try await openingError(directory), .cannotOpen, "is a directory")
        }
    }

    // The administrator may write everywhere, so there these say nothing.
    @Test(.enabled(if: geteuid() != 0)) func `a file that cannot be written`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/a.db"
            let database = try await SQLiteDatabase.open(path: path)
            try await database.execute("CREATE TABLE notes (id BIGINT)")
            await database.close()
            #expect(unsafe chmod(path, 0o444) == 0)
            expectLine(try await openingError(path), .readOnly, path, "permission")
            #expect(unsafe chmod(path, 0o644) == 0)
        }
    }

    @Test(.enabled(if: geteuid() != 0), arguments: [true, false])
    func `a directory that cannot be written`(exists: Bool) async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/a.db"
            if exists {
                let database = try await SQLiteDatabase.open(path: path)
                try await database.execute("CREATE TABLE notes (id BIGINT)")
                await database.close()
            }
            #expect(unsafe chmod(directory, 0o555) == 0)
            expectLine(try await openingError(path), .readOnly, path, "permission")
            #expect(unsafe chmod(directory, 0o755) == 0)
        }
    }

    @Test func `a device that is no file`() async throws {
        let error = try await openingError("/dev/null/a.db")
        #expect(error.code == .cannotOpen)
    }
}
