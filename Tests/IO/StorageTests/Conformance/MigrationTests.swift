import Storage
import Testing

@Suite struct MigrationTests {
    private static let first = Migration("create notes", "CREATE TABLE notes (id BIGINT PRIMARY KEY)")
    private static let second = Migration("texts of notes", "ALTER TABLE notes ADD COLUMN text TEXT")
    private static let fill = Migration("first note") {
        try $0.execute("INSERT INTO notes (id, text) VALUES (1, \("x"))")
    }

    @Test(arguments: Driver.all)
    func `steps are applied once, in order, and new ones later`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.migrate([Self.first], component: "notes")
            try await database.migrate([Self.first, Self.second, Self.fill], component: "notes")
            try await database.migrate([Self.first, Self.second, Self.fill], component: "notes")
            #expect(try await database.query("SELECT id, text FROM notes").count == 1)
        }
    }

    @Test(arguments: Driver.all)
    func `components have histories of their own`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.migrate([Self.first], component: "notes")
            try await database.migrate(
                [Migration("create notes", "CREATE TABLE other (id BIGINT)")], component: "other")
            #expect(try await database.query("SELECT id FROM other").isEmpty)
        }
    }

    @Test(arguments: Driver.all)
    func `a step that fails leaves nothing of itself and all before it`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let broken = Migration("broken", "CREATE TABLE half (id BIGINT); CREATE TABLE notes (id BIGINT)")
            await #expect(throws: StorageError.self) {
                try await database.migrate([Self.first, broken], component: "notes")
            }
            #expect(try await database.query("SELECT id FROM notes").isEmpty)
            await #expect(throws: StorageError.self) { try await database.query("SELECT id FROM half") }
            try await database.migrate([Self.first, Self.second], component: "notes")
        }
    }

    @Test(arguments: Driver.all)
    func `a database newer than the program is refused`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.migrate([Self.first, Self.second], component: "notes")
            let error = await #expect(throws: StorageError.self) {
                try await database.migrate([Self.first], component: "notes")
            }
            #expect(error?.code == .newerSchema)
            #expect(error?.exitCode == 76)
            #expect(error?.message.contains("newer than this program") == true)
        }
    }

    @Test(
        arguments: Driver.all,
        [
            [Migration("create notes", "CREATE TABLE notes (id TEXT PRIMARY KEY)")],
            [Migration("create other", "CREATE TABLE notes (id BIGINT PRIMARY KEY)")],
            [second, first],
        ])
    func `a rewritten history is refused and changes nothing`(_ driver: Driver, list: [Migration]) async throws {
        try await driver.withDatabase { database in
            try await database.migrate([Self.first], component: "notes")
            let error = await #expect(throws: StorageError.self) {
                try await database.migrate(list, component: "notes")
            }
            #expect(error?.code == .divergedHistory)
            #expect(error?.exitCode == 78)
        }
    }

    @Test(arguments: Driver.all)
    func `other spacing is the same history`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.migrate([Self.first], component: "notes")
            let spaced = Migration("create notes", "CREATE TABLE notes\n    (id BIGINT PRIMARY KEY)\n")
            try await database.migrate([spaced], component: "notes")
        }
    }

    @Test(arguments: Driver.all)
    func `what is pending can be asked before it is applied`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let migrator = Migrator([Self.first, Self.second], component: "notes")
            #expect(try await migrator.pending(on: database) == ["create notes", "texts of notes"])
            try await database.migrate([Self.first], component: "notes")
            #expect(try await migrator.pending(on: database) == ["texts of notes"])
        }
    }

    @Test(arguments: Driver.all)
    func `two starts at once apply each step once`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await database.migrate([Self.first, Self.second, Self.fill], component: "notes")
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.query("SELECT id FROM notes").count == 1)
        }
    }
}
