import Glibc
import SQLiteStorage
import Storage
import Testing

@Suite struct FullDiskTests {
    @Test func `a file that may not grow loses nothing committed`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/a.db"
            let probe = try Probe.start(["fill", path, "300000"])
            let lines = await probe.lines.reduce(into: [String]()) { $0.append($1) }
            probe.endInput()
            #expect(probe.wait() == 0)
            try await expectFull(lines, path: path, words: ["io", "74"], "failed")
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only the administrator can mount a small disk"))
    func `a full disk loses nothing committed`() async throws {
        try await withTemporaryDirectory { directory in
            guard unsafe mount("tmpfs", directory, "tmpfs", 0, "size=400k") == 0 else {
                return  // a container without the right to mount
            }
            // Detached, as a child that another test is just starting may still hold a file of it.
            defer { #expect(unsafe umount2(directory, Int32(MNT_DETACH)) == 0) }
            let path = "\(directory)/a.db"
            let probe = try Probe.start(["fill", path])
            let lines = await probe.lines.reduce(into: [String]()) { $0.append($1) }
            probe.endInput()
            #expect(probe.wait() == 0)
            try await expectFull(lines, path: path, words: ["full", "73"], "no room is left")
        }
    }

    @Test func `a write that finds no room fails alone and the next one that fits succeeds`() async throws {
        try await withTemporaryDirectory { directory in
            var configuration = SQLiteDatabase.Configuration(path: "\(directory)/a.db")
            configuration.maximumPages = 12
            let database = try await SQLiteDatabase.open(configuration)
            try await database.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)")
            try await database.execute("INSERT INTO notes (id, text) VALUES (1, 'small')")
            let error = await #expect(throws: StorageError.self) {
                try await database.write { connection in
                    for id in 2..<100 {
                        try connection.execute(
                            "INSERT INTO notes (id, text) VALUES (\(id), \(String(repeating: "x", count: 3000)))")
                    }
                }
            }
            #expect(error?.code == .full)
            #expect(error?.exitCode == 73)
            #expect(try await database.read { try $0.values("SELECT id FROM notes", as: Int.self) } == [1])
            try await database.execute("INSERT INTO notes (id, text) VALUES (2, 'small')")
            try await database.checkIntegrity()
            await database.close()
        }
    }

    @Test func `a body that hides a full disk is not taken for a success`() async throws {
        try await withTemporaryDirectory { directory in
            var configuration = SQLiteDatabase.Configuration(path: "\(directory)/a.db")
            configuration.maximumPages = 12
            let database = try await SQLiteDatabase.open(configuration)
            try await database.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)")
            await #expect(throws: StorageError.self) {
                try await database.write { connection in
                    do {
                        for id in 2..<100 {
                            try connection.execute(
                                "INSERT INTO notes (id, text) VALUES (\(id), \(String(repeating: "x", count: 3000)))")
                        }
                    } catch let error as StorageError {
                        #expect(error.code == .full)
                    }
                }
            }
            #expect(try await database.query("SELECT id FROM notes").isEmpty)
            await database.close()
        }
    }

    private func expectFull(_ lines: [String], path: String, words expected: [Substring], _ phrase: String) async throws
    {
        let words = try #require(lines.first).split(separator: " ")
        #expect(Array(words.prefix(2)) == expected, "\(lines)")
        let committed = try #require(Int(words[3]))
        #expect(committed > 0)
        #expect(words.last.flatMap { Int($0) } == committed)
        #expect(lines.last?.contains(phrase) == true)
        let database = try await SQLiteDatabase.open(path: path)
        let count = try await database.read { try $0.value("SELECT count(*) FROM numbers", as: Int.self) }
        #expect(count == committed)
        try await database.checkIntegrity()
        await database.close()
    }
}
