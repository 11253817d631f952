import Storage
import Synchronization
import Testing

private struct Refusal: Error, Equatable {}

@Suite struct TransactionTests {
    @Test(arguments: Driver.all)
    func `what a body wrote is there after it returned`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY, text TEXT NOT NULL)")
            let changed = try await database.execute("INSERT INTO notes (id, text) VALUES (\(1), \("one"))")
            #expect(changed == 1)
            let text = try await database.read { try $0.value("SELECT text FROM notes", as: String.self) }
            #expect(text == "one")
        }
    }

    @Test(arguments: Driver.all)
    func `a writing body finds what led to the work of its caller, whoever else writes at the same time`(
        _ driver: Driver
    ) async throws {
        try await driver.withDatabase { database in
            let found = try await withThrowingTaskGroup(of: (String?, String?).self) { group in
                for number in 0..<50 {
                    let origin = number % 5 == 0 ? nil : "work \(number)"
                    group.addTask {
                        try await WorkOrigin.$current.withValue(origin) {
                            (origin, try await database.write { _ in WorkOrigin.current })
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(found.count == 50)
            for (origin, seen) in found { #expect(origin == seen) }
        }
    }

    @Test(arguments: Driver.all)
    func `a body that throws leaves nothing and its error reaches the caller`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY)")
            await #expect(throws: Refusal()) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO notes (id) VALUES (1)")
                    throw Refusal()
                }
            }
            #expect(try await database.query("SELECT id FROM notes").isEmpty)
        }
    }

    @Test(arguments: Driver.all)
    func `of many simultaneous bodies only those that throw are undone`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY)")
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for id in 0..<200 {
                    group.addTask {
                        do {
                            try await database.write { connection in
                                try connection.execute("INSERT INTO notes (id) VALUES (\(id))")
                                if id % 3 == 0 { throw Refusal() }
                            }
                            return true
                        } catch is Refusal {
                            return false
                        }
                    }
                }
                var kept = 0
                for try await isKept in group where isKept { kept += 1 }
                #expect(kept == 133)
            }
            let ids = try await database.read { try $0.values("SELECT id FROM notes ORDER BY id", as: Int.self) }
            #expect(ids == (0..<200).filter { $0 % 3 != 0 })
        }
    }

    @Test(arguments: Driver.all)
    func `a savepoint is undone alone`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY)")
            try await database.write { connection in
                try connection.execute("INSERT INTO notes (id) VALUES (1)")
                #expect(throws: Refusal()) {
                    try connection.savepoint {
                        try connection.execute("INSERT INTO notes (id) VALUES (2)")
                        try connection.savepoint { try connection.execute("INSERT INTO notes (id) VALUES (3)") }
                        throw Refusal()
                    }
                }
                try connection.savepoint { try connection.execute("INSERT INTO notes (id) VALUES (4)") }
            }
            let ids = try await database.read { try $0.values("SELECT id FROM notes ORDER BY id", as: Int.self) }
            #expect(ids == [1, 4])
        }
    }

    @Test(arguments: Driver.all)
    func `a read body sees one state while others write`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY)")
            let stages = Stages()
            async let counts = database.read { connection in
                let before = try connection.value("SELECT count(*) FROM notes", as: Int.self)
                stages.reached()
                stages.waitUntilAllowed()
                return (before, try connection.value("SELECT count(*) FROM notes", as: Int.self))
            }
            await stages.waitUntilReached()
            try await database.execute("INSERT INTO notes (id) VALUES (1)")
            stages.allow()
            let (before, after) = try await counts
            #expect(before == 0)
            #expect(after == 0)
            #expect(try await database.query("SELECT id FROM notes").count == 1)
        }
    }

    @Test(arguments: Driver.all)
    func `a read body cannot write`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY)")
            let error = await #expect(throws: StorageError.self) {
                try await database.read { try $0.execute("INSERT INTO notes (id) VALUES (1)") }
            }
            #expect(error?.code == .misuse)
        }
    }

    @Test(arguments: Driver.all, ["COMMIT", "begin", " /* x */ ROLLBACK", "-- y\nSAVEPOINT a", "; END", "VACUUM"])
    func `a body cannot end its transaction itself`(_ driver: Driver, statement: String) async throws {
        try await driver.withDatabase { database in
            let error = await #expect(throws: StorageError.self) {
                try await database.write { try $0.execute(SQL(raw: statement)) }
            }
            #expect(error?.code == .misuse)
            let scriptError = await #expect(throws: StorageError.self) {
                try await database.write { try $0.run(script: statement) }
            }
            #expect(scriptError?.code == .misuse)
        }
    }

    @Test(arguments: Driver.all)
    func `a connection that escaped its body does not work`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            // Both bodies run on the one thread that writes.
            nonisolated(unsafe) var escaped: (any SQLConnection)?
            let error = await #expect(throws: StorageError.self) {
                try await database.write { connection in
                    unsafe escaped = connection
                }
                try await database.write { _ in _ = unsafe try escaped?.one("SELECT 1") }
            }
            #expect(error?.code == .closed)
        }
    }

    @Test(arguments: Driver.all)
    func `a cancelled task can still write`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY)")
            let task = Task {
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                try await database.execute("INSERT INTO notes (id) VALUES (1)")
            }
            try await task.value
            #expect(try await database.query("SELECT id FROM notes").count == 1)
        }
    }

    @Test(arguments: Driver.all)
    func `a closed database says so`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            await database.close()
            let read = await #expect(throws: StorageError.self) { try await database.query("SELECT 1") }
            #expect(read?.code == .closed)
            let write = await #expect(throws: StorageError.self) { try await database.execute("SELECT 1") }
            #expect(write?.code == .closed)
        }
    }
}
