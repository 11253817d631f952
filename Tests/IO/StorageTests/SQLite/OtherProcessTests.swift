import SQLiteStorage
import Storage
import Testing

@Suite struct OtherProcessTests {
    @Test func `a lock held by another process is waited for, then told`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/a.db"
            let first = try await SQLiteDatabase.open(path: path)
            try await first.execute("CREATE TABLE notes (id BIGINT)")
            await first.close()

            let holder = try Probe.start(["hold", path])
            var output = holder.lines.makeAsyncIterator()
            #expect(await output.next() == "held")

            var configuration = SQLiteDatabase.Configuration(path: path)
            configuration.busyTimeout = .milliseconds(50)
            let database = try await SQLiteDatabase.open(configuration)
            #expect(try await database.query("SELECT id FROM notes").isEmpty)
            let error = await #expect(throws: StorageError.self) {
                try await database.execute("INSERT INTO notes (id) VALUES (1)")
            }
            #expect(error?.code == .locked)
            #expect(error?.exitCode == 75)
            #expect(error?.message.contains(path) == true)

            holder.endInput()
            #expect(await output.next() == "released")
            #expect(holder.wait() == 0)
            try await database.execute("INSERT INTO notes (id) VALUES (1)")
            #expect(try await database.query("SELECT id FROM notes").count == 1)
            await database.close()
        }
    }

    @Test(arguments: [false, true])
    func `a database that a process has taken is refused to others until that one ends, however it ends`(
        isKilled: Bool
    ) async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/a.db"
            let holder = try Probe.start(["claim", path])
            var output = holder.lines.makeAsyncIterator()
            #expect(await output.next() == "claimed")

            let database = try await SQLiteDatabase.open(path: path)
            let error = await #expect(throws: StorageError.self) { try await database.claim() }
            #expect(error?.code == .locked)
            #expect(
                error?.message == "\(path) is in use by process \(holder.processID) (storage-crash-p); end it first")
            try await database.execute("CREATE TABLE notes (id BIGINT)")
            try await database.backup(to: "\(directory)/copy.db")

            if isKilled { holder.kill() }
            holder.endInput()
            #expect(await output.next() == (isKilled ? nil : "released"))
            #expect(holder.wait() == (isKilled ? -9 : 0))
            try await database.claim()
            try await database.claim()
            let second = try await SQLiteDatabase.open(path: path)
            await #expect(throws: StorageError.self) { try await second.claim() }
            await database.close()
            try await second.claim()
            await second.close()
        }
    }

    @Test func `two processes write into one file without losing a row`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/a.db"
            let database = try await SQLiteDatabase.open(path: path)
            let other = try Probe.start(["commit", path])
            var output = other.lines.makeAsyncIterator()
            var reported: Set<Int> = []
            if let line = await output.next(), let number = Int(line) { reported.insert(number) }
            for _ in 0..<50 {
                let row = try await database.write { connection in
                    try connection.one("INSERT INTO numbers (payload) VALUES ('own') RETURNING number")
                }
                reported.insert(try #require(row).get("number"))
                if let line = await output.next(), let number = Int(line) { reported.insert(number) }
            }
            other.kill()
            while let line = await output.next() {
                if let number = Int(line) { reported.insert(number) }
            }
            other.endInput()
            #expect(other.wait() == -9)
            let stored = Set(try await database.read { try $0.values("SELECT number FROM numbers", as: Int.self) })
            #expect(reported.isSubset(of: stored))
            #expect(reported.count >= 101)
            try await database.checkIntegrity()
            await database.close()
        }
    }
}
