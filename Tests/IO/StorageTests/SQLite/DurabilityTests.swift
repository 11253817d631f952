import SQLiteStorage
import Storage
import Support
import Testing

/// What SQLite is told to wait for, as the bodies see it: `PRAGMA synchronous` is 1 for `NORMAL` and 2 for `FULL`.
@Suite struct DurabilityTests {
    private static func synchronous(_ connection: any SQLConnection) throws -> Int? {
        try connection.value("PRAGMA synchronous", as: Int.self)
    }

    private func withDatabase(
        upTo durability: Durability, _ body: @Sendable (any Database) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory in
            var configuration = SQLiteDatabase.Configuration(path: "\(directory)/test.db")
            configuration.durability = durability
            let database = try await SQLiteDatabase.open(configuration)
            do {
                try await body(database)
            } catch {
                await database.close()
                throw error
            }
            await database.close()
        }
    }

    @Test(arguments: [(Durability.powerLoss, [2, 1, 1, 2]), (.processEnd, [1, 1, 1, 1])])
    func `a commit waits for the disk where that is asked and allowed`(
        highest: Durability, expected: [Int]
    ) async throws {
        try await withDatabase(upTo: highest) { database in
            var seen: [Int?] = []
            for durability in [Durability.powerLoss, .processEnd, .processEnd, .powerLoss] {
                seen.append(try await database.write(surviving: durability, Self.synchronous))
            }
            #expect(seen == expected)
        }
    }

    @Test func `of bodies that share a commit the most careful decides`() async throws {
        try await withDatabase(upTo: .powerLoss) { database in
            // While this one holds the writer, the others gather.
            let stages = Stages()
            async let held: Void = database.write { _ in
                stages.reached()
                stages.waitUntilAllowed()
            }
            await stages.waitUntilReached()
            let seen = try await withThrowingTaskGroup(of: (Durability, Int?).self) { group in
                for number in 0..<100 {
                    let durability = number % 10 == 0 ? Durability.powerLoss : .processEnd
                    group.addTask { (durability, try await database.write(surviving: durability, Self.synchronous)) }
                }
                stages.allow()
                return try await group.reduce(into: []) { $0.append($1) }
            }
            try await held
            let careful = seen.filter { $0.0 == .powerLoss }.map(\.1)
            #expect(careful == Array(repeating: 2, count: 10))
        }
    }

    @Test func `a body alone in its transaction is undone as a whole`() async throws {
        struct Refusal: Error {}
        try await withDatabase(upTo: .powerLoss) { database in
            try await database.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY)")
            for durability in [Durability.processEnd, .powerLoss] {
                await #expect(throws: Refusal.self) {
                    try await database.write(surviving: durability) { connection in
                        try connection.execute("INSERT INTO notes (id) VALUES (1)")
                        throw Refusal()
                    }
                }
                try await database.write(surviving: durability) { connection in
                    try connection.execute("INSERT INTO notes (id) VALUES (\(durability == .powerLoss ? 3 : 2))")
                }
            }
            let ids = try await database.read { try $0.values("SELECT id FROM notes ORDER BY id", as: Int.self) }
            #expect(ids == [2, 3])
        }
    }
}
