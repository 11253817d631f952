import Storage
import Support

/// A database in front of which something happens: before a write begins, and after a read has ended.
struct InterceptedDatabase: Database {
    let base: any Database
    var beforeWrite: @Sendable () async throws -> Void = {}
    var afterRead: @Sendable () async throws -> Void = {}

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        let value = try await base.read(body)
        try await afterRead()
        return value
    }

    @discardableResult
    func write<Value: Sendable>(
        surviving loss: Durability, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await beforeWrite()
        return try await base.write(surviving: loss, body)
    }

    func migrate(_ list: [Migration], component: String) async throws {
        try await base.migrate(list, component: component)
    }

    func backup(to path: String) async throws { try await base.backup(to: path) }
    func checkIntegrity() async throws { try await base.checkIntegrity() }
    func claim() async throws { try await base.claim() }
    func close() async { await base.close() }
}
