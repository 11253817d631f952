/// Applies the missing steps of a component, each in a transaction of its own.
///
/// Two processes may start at once: each step looks at the history again inside its transaction.
package struct Migrator: Sendable {
    private let list: [Migration]
    private let component: String

    package init(_ list: [Migration], component: String) {
        precondition(Set(list.map(\.name)).count == list.count, "two migrations of \(component) have one name")
        self.list = list
        self.component = component
    }

    /// The names of the steps that `run` would apply.
    package func pending(on database: some Database) async throws -> [String] {
        try await database.read { connection in
            let exists = try connection.isTable("schema_history")
            let applied = exists ? try self.appliedCount(connection) : 0
            return self.list.dropFirst(applied).map(\.name)
        }
    }

    package func run(on database: some Database) async throws {
        var applied = try await database.write { connection in
            try connection.run(script: Self.historyTable)
            return try self.appliedCount(connection)
        }
        while applied < list.count {
            applied = try await step(on: database)
        }
    }

    /// Applies the next missing step, if there still is one, and tells how many are applied now.
    private func step(on database: some Database) async throws -> Int {
        try await database.write { connection in
            let applied = try self.appliedCount(connection)
            guard applied < self.list.count else { return applied }
            let migration = self.list[applied]
            try migration.apply(connection)
            try connection.execute(
                """
                INSERT INTO schema_history (component, position, name, checksum)
                VALUES (\(self.component), \(applied), \(migration.name), \(migration.checksum))
                """)
            return applied + 1
        }
    }

    private func appliedCount(_ connection: any SQLConnection) throws -> Int {
        let remembered = try connection.query(
            "SELECT name, checksum FROM schema_history WHERE component = \(component) ORDER BY position"
        ).map { row in
            MigrationHistory.Entry(name: try row.get("name"), checksum: try row.get("checksum"))
        }
        return try MigrationHistory.appliedCount(of: list, remembered: remembered, component: component)
    }

    private static let historyTable = """
        CREATE TABLE IF NOT EXISTS schema_history (
            component TEXT NOT NULL,
            position BIGINT NOT NULL,
            name TEXT NOT NULL,
            checksum TEXT NOT NULL,
            PRIMARY KEY (component, position)
        )
        """
}

extension SQLConnection {
    /// Whether a table can be read; how drivers list their tables differs, asking it does not.
    fileprivate func isTable(_ name: String) throws(StorageError) -> Bool {
        do {
            _ = try one("SELECT 1 FROM \(raw: name) LIMIT 1")
            return true
        } catch {
            if error.code == .syntax { return false }
            throw error
        }
    }
}
