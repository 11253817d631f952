import Storage
import Support
import Testing

private enum Colour: String, SQLBindable, SQLReadable {
    case red, green
}

private struct NoteID: RawRepresentable, Hashable, SQLBindable, SQLReadable {
    var rawValue: Int64
}

@Suite struct ValueTests {
    static let values: [SQLValue] = [
        .null, .integer(0), .integer(.max), .integer(.min), .real(0.1), .real(-1e300), .text(""),
        .text("naïve 👩‍👩‍👧 привет"), .text("a\u{0}b"), .text("'; DROP TABLE notes; --"), .text("?"), .blob([]),
        .blob([0, 255, 0, 1]), .blob([UInt8](repeating: 7, count: 100_000)),
        .text(String(repeating: "й", count: 100_000)),
    ]

    @Test(arguments: Driver.all)
    func `every value comes back as it went in`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            for value in Self.values {
                let row = try await database.one("SELECT \(value) AS value")
                #expect(row?["value"] == value)
            }
        }
    }

    @Test(arguments: Driver.all)
    func `typed values come back typed`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let moment = Timestamp(microseconds: 1_767_225_600_123_456)
            let row = try #require(
                try await database.one(
                    """
                    SELECT \(moment) AS moment, \(Colour.green) AS colour, \(NoteID(rawValue: 7)) AS note,
                        \(true) AS flag, \(String?.none) AS absent, \(2.5) AS number
                    """))
            #expect(try row.get("moment") == moment)
            #expect(try row.get("colour") == Colour.green)
            #expect(try row.get("note") == NoteID(rawValue: 7))
            #expect(try row.get("flag") == true)
            #expect(try row.get("absent", as: String?.self) == nil)
            #expect(try row.get("number", as: Double?.self) == 2.5)
        }
    }

    @Test(arguments: Driver.all)
    func `a value of another type is an error that does not show it`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let row = try #require(try await database.one("SELECT \("geheim") AS a, NULL AS b, 3 AS c"))
            for column in ["a", "b", "missing"] {
                let error = #expect(throws: StorageError.self) { try row.get(column, as: Int.self) }
                #expect(error?.code == .mismatch)
                #expect(error?.message.contains("geheim") == false)
            }
            #expect(throws: StorageError.self) { try row.get("c", as: Colour.self) }
        }
    }

    @Test(arguments: Driver.all, [[], [3], [1, 3, 9]])
    func `a list matches its members`(_ driver: Driver, list: [Int]) async throws {
        try await driver.withDatabase { database in
            try await database.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY)")
            try await database.execute("INSERT INTO notes (id) VALUES (1), (2), (3)")
            let found = try await database.read {
                try $0.values("SELECT id FROM notes WHERE id IN \(list: list) ORDER BY id", as: Int.self)
            }
            #expect(found == list.filter { $0 <= 3 })
        }
    }

    @Test(arguments: Driver.all)
    func `a query inside the rows of the same query is independent`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY)")
            try await database.execute("INSERT INTO notes (id) VALUES (1), (2), (3)")
            let pairs = try await database.read { connection in
                var pairs = 0
                try connection.forEach("SELECT id FROM notes") { _ in
                    try connection.forEach("SELECT id FROM notes") { _ in pairs += 1 }
                }
                return pairs
            }
            #expect(pairs == 9)
        }
    }

    @Test(arguments: Driver.all)
    func `a table changed after a query was compiled shows its new columns`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.execute("CREATE TABLE notes (id BIGINT PRIMARY KEY)")
            try await database.execute("INSERT INTO notes (id) VALUES (1)")
            #expect(try await database.one("SELECT * FROM notes")?.columns.names == ["id"])
            try await database.execute("ALTER TABLE notes ADD COLUMN text TEXT")
            #expect(try await database.one("SELECT * FROM notes")?.columns.names == ["id", "text"])
        }
    }

    @Test(arguments: Driver.all)
    func `the portable ways to write are there`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.write { connection in
                try connection.run(
                    script: """
                        CREATE TABLE notes (id BIGINT PRIMARY KEY, owner TEXT NOT NULL, state TEXT NOT NULL, n BIGINT NOT NULL);
                        CREATE UNIQUE INDEX notes_active ON notes (owner) WHERE state <> 'final'; -- a comment
                        """)
                let add: SQL = """
                    INSERT INTO notes (id, owner, state, n) VALUES (\(1), \("a"), 'new', 1)
                    ON CONFLICT (id) DO UPDATE SET n = notes.n + 1 RETURNING n
                    """
                #expect(try connection.value(add, as: Int.self) == 1)
                #expect(try connection.value(add, as: Int.self) == 2)
                let ignored = try connection.execute(
                    "INSERT INTO notes (id, owner, state, n) VALUES (2, 'a', 'new', 1) ON CONFLICT DO NOTHING")
                #expect(ignored == 0)
                try connection.execute("UPDATE notes SET state = 'final' WHERE id = 1")
                let added = try connection.execute("INSERT INTO notes (id, owner, state, n) VALUES (3, 'a', 'new', 1)")
                #expect(added == 1)
            }
        }
    }
}
