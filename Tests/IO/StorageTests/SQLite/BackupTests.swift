import FoundationEssentials
import SQLiteStorage
import Storage
import Support
import Testing

@Suite struct BackupTests {
    @Test func `a copy made while others write is one whole state`() async throws {
        try await withTemporaryDirectory { directory in
            let database = try await SQLiteDatabase.open(path: "\(directory)/a.db")
            try await database.write { connection in
                try connection.execute("CREATE TABLE pairs (id INTEGER PRIMARY KEY, side TEXT NOT NULL)")
                for _ in 0..<2000 { try connection.execute("INSERT INTO pairs (side) VALUES ('left'), ('right')") }
            }
            let isCopied = Shutdown()
            let copy = "\(directory)/copy.db"
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        while !isCopied.isTriggered {
                            try await database.write { connection in
                                try connection.execute("INSERT INTO pairs (side) VALUES ('left')")
                                try connection.execute("INSERT INTO pairs (side) VALUES ('right')")
                            }
                        }
                    }
                }
                group.addTask {
                    try await database.backup(to: copy)
                    try await database.backup(to: copy)
                    isCopied.trigger()
                }
                try await group.waitForAll()
            }
            await database.close()
            let restored = try await SQLiteDatabase.open(path: copy)
            try await restored.checkIntegrity()
            let row = try #require(
                try await restored.one("SELECT count(*) AS n, sum(side = 'left') * 2 AS twice FROM pairs"))
            #expect(try row.get("n", as: Int.self) >= 4000)
            #expect(try row.get("n", as: Int.self) == row.get("twice", as: Int.self))
            await restored.close()
            #expect(!FileManager.default.fileExists(atPath: "\(copy).partial"))
        }
    }

    @Test func `a copy cannot replace its own source`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/a.db"
            let database = try await SQLiteDatabase.open(path: path)
            try await database.execute("CREATE TABLE notes (id BIGINT)")
            let error = await #expect(throws: StorageError.self) { try await database.backup(to: path) }
            #expect(error?.code == .misuse)
            #expect(try await database.query("SELECT id FROM notes").isEmpty)
            await database.close()
        }
    }

    @Test func `a copy into a directory that is not there is refused and leaves nothing`() async throws {
        try await withTemporaryDirectory { directory in
            let database = try await SQLiteDatabase.open(path: "\(directory)/a.db")
            try await database.execute("CREATE TABLE notes (id BIGINT)")
            let error = await #expect(throws: StorageError.self) {
                try await database.backup(to: "\(directory)/no/copy.db")
            }
            #expect(error?.code == .cannotOpen)
            await database.close()
        }
    }
}
