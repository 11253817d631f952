import Storage
import Testing

@Suite struct ErrorTests {
    private static let tables = """
        CREATE TABLE users (id BIGINT PRIMARY KEY, email TEXT NOT NULL UNIQUE, age BIGINT CONSTRAINT adult CHECK (age >= 18));
        CREATE TABLE notes (id BIGINT PRIMARY KEY, owner BIGINT NOT NULL REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED);
        CREATE TABLE strict (owner BIGINT NOT NULL REFERENCES users (id));
        INSERT INTO users (id, email, age) VALUES (1, 'a@example.org', 20);
        """

    @Test(
        arguments: Driver.all,
        [
            ("INSERT INTO users (id, email) VALUES (2, 'a@example.org')", StorageError.Constraint.Kind.unique),
            ("INSERT INTO users (id, email) VALUES (1, 'b@example.org')", .unique),
            ("INSERT INTO users (id, email) VALUES (2, NULL)", .notNull),
            ("INSERT INTO users (id, email, age) VALUES (2, 'b@example.org', 3)", .check),
            ("INSERT INTO strict (owner) VALUES (9)", .foreignKey),
            ("INSERT INTO notes (id, owner) VALUES (1, 9)", .foreignKey),
        ])
    func `a broken rule is told by its kind`(
        _ driver: Driver, example: (statement: String, kind: StorageError.Constraint.Kind)
    ) async throws {
        try await driver.withDatabase { database in
            try await database.write { try $0.run(script: Self.tables) }
            let error = await #expect(throws: StorageError.self) {
                try await database.execute(SQL(raw: example.statement))
            }
            guard case .constraint(let constraint) = error?.code else {
                Issue.record("\(String(describing: error)) is no broken rule")
                return
            }
            #expect(constraint.kind == example.kind)
        }
    }

    @Test(arguments: Driver.all)
    func `a late broken rule of one body does not fail the others`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.write { try $0.run(script: Self.tables) }
            let failures = await withTaskGroup(of: Bool.self) { group in
                for id in 0..<40 {
                    group.addTask {
                        do {
                            let owner = id % 2 == 0 ? 1 : 99
                            try await database.execute("INSERT INTO notes (id, owner) VALUES (\(id), \(owner))")
                            return false
                        } catch {
                            return true
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(failures == 20)
            #expect(try await database.query("SELECT id FROM notes").count == 20)
        }
    }

    @Test(arguments: Driver.all)
    func `a unique rule is named and the value is not shown`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.write { try $0.run(script: Self.tables) }
            let error = try #require(
                await #expect(throws: StorageError.self) {
                    try await database.execute("INSERT INTO users (id, email) VALUES (\(2), \("a@example.org"))")
                })
            #expect(error.isUniqueViolation)
            #expect(error.description.contains("email"))
            #expect(!error.description.contains("a@example.org"))
        }
    }

    @Test(
        arguments: Driver.all,
        ["SELEC 1", "SELECT missing FROM users", "SELECT 1 FROM missing", "", "SELECT ?", "SELECT 1; SELECT 2"])
    func `a wrong statement is told as such`(_ driver: Driver, statement: String) async throws {
        try await driver.withDatabase { database in
            let error = await #expect(throws: StorageError.self) { try await database.query(SQL(raw: statement)) }
            #expect(error?.code == .syntax)
            #expect(error?.exitCode == 70)
        }
    }

    @Test func `each thing an operator can do about it has its own exit code`() {
        let codes: [StorageError.Code] = [
            .locked, .readOnly, .corrupt, .full, .newerSchema, .divergedHistory, .cannotOpen, .io, .syntax,
        ]
        #expect(Set(codes.map { StorageError($0, "").exitCode }).count == codes.count)
        #expect(codes.allSatisfy { (65...78).contains(StorageError($0, "").exitCode) })
    }
}
