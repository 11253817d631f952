import BotKit
import Storage
import Support
import Synchronization
import TelegramAPI

/// Decodes and dispatches updates from a file and prints how many a second of processor time.
enum DispatchRole {
    static func play(path: String, count: Int) async throws {
        let texts = TextFile.lines(path).map { Array($0.utf8) }
        guard !texts.isEmpty, count > 0 else { throw BenchmarkFailure("no updates in \(path)") }
        let handled = Mutex(0)
        let bot = try Bot(token: Secret(SimulatorRole.token(0)), database: NoDatabase()) { bot in
            for number in 1...20 {
                bot.command("command\(number)") { _ in handled.withLock { $0 += 1 } }
            }
        }
        try await dispatch(count / 20, texts, bot)
        handled.withLock { $0 = 0 }
        let start = ProcessFigures.ownProcessorSeconds
        try await dispatch(count, texts, bot)
        let seconds = ProcessFigures.ownProcessorSeconds - start
        let done = handled.withLock(\.self)
        guard done == count else { throw BenchmarkFailure("\(done) of \(count) updates were handled") }
        Role.report("\(Double(count) / seconds)")
    }

    /// Runs in the cooperative pool, as lanes do.
    @concurrent
    private static func dispatch(_ count: Int, _ texts: [[UInt8]], _ bot: Bot) async throws {
        for index in 0..<count {
            _ = try await bot.handle(RawUpdate(webhookBody: texts[index % texts.count]))
        }
        await bot.finishMarking()
    }
}

/// A database that keeps nothing, where other frameworks have none.
private struct NoDatabase: Database {
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value { try body(NoConnection()) }

    func write<Value: Sendable>(
        surviving loss: Durability, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value { try body(NoConnection()) }

    func migrate(_ list: [Migration], component: String) async throws {}
    func backup(to path: String) async throws {}
    func checkIntegrity() async throws {}
    func claim() async throws {}
    func close() async {}
}

private struct NoConnection: SQLConnection {
    func execute(_ sql: SQL) throws(StorageError) -> Int { 0 }
    func forEach(_ sql: SQL, _ body: (Storage.Row) throws -> Void) throws {}
    func query(_ sql: SQL) throws(StorageError) -> [Storage.Row] { [] }
    func one(_ sql: SQL) throws(StorageError) -> Storage.Row? { nil }
    func run(script: String) throws(StorageError) {}
    func savepoint<Result>(_ body: () throws -> Result) throws -> Result { try body() }
    func afterCommit(_ action: @escaping @Sendable () -> Void) {}
}
