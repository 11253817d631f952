import JSON
import Synchronization
import Testing

/// Somebody who talks to the bot in a private chat or a group.
final class Person: Sendable {
    static let bot: Int64 = 7001

    let id: Int64
    private let stage: Stage
    private let log: EventLog
    private let listening: Task<Void, any Error>
    /// What was looked at already.
    private let place = Mutex(0)

    init(id: Int64, stage: Stage, log: EventLog, listening: Task<Void, any Error>) {
        self.id = id
        self.stage = stage
        self.log = log
        self.listening = listening
    }

    deinit { listening.cancel() }

    func say(_ text: String, in chat: Int64 = bot) async throws {
        try await stage.control("/sim/messages", ["user": .integer(id), "chat": .integer(chat), "text": .string(text)])
    }

    @discardableResult
    func press(_ message: JSONValue, row: Int = 0, column: Int = 0, in chat: Int64 = bot) async throws -> JSONValue {
        try await stage.control(
            "/sim/press",
            [
                "user": .integer(id), "chat": .integer(chat), "message": message["id"] ?? .null,
                "row": .integer(Int64(row)), "column": .integer(Int64(column)),
            ])
    }

    /// The next event of a kind for which something holds; what came before it is passed over.
    func next(
        _ kind: String, where matches: @escaping @Sendable (JSONValue) -> Bool = { _ in true },
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        let start = place.withLock(\.self)
        let found = await log.wait(from: start) { $0.kind == kind && matches($0.data) }
        let index = try #require(found, "no \(kind) came in time", sourceLocation: sourceLocation)
        place.withLock { $0 = index + 1 }
        return log.events[index].data
    }

    /// The next message from the bot.
    func answer(
        in chat: Int64 = bot, where matches: @escaping @Sendable (JSONValue) -> Bool = { _ in true },
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        let data = try await next(
            "message",
            where: {
                $0["chat"]?.integerValue == chat && $0["message"]?["out"]?.boolValue != true
                    && matches($0["message"] ?? .null)
            }, sourceLocation: sourceLocation)
        return data["message"] ?? .null
    }

    /// The text of the next message from the bot.
    func hears(in chat: Int64 = bot, sourceLocation: SourceLocation = #_sourceLocation) async throws -> String? {
        try await answer(in: chat, sourceLocation: sourceLocation)["text"]?.stringValue
    }
}
