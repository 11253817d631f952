internal import HTTP
internal import HTTPServer
internal import Storage
internal import Support
internal import TelegramAPI

/// Pauses a chat's schedules and lets them go on, as the chat's own commands do.
struct PauseRoutes: Sendable {
    let database: any Database
    let time: any TimeSource
    let logger: Logger

    func register(in router: inout Router.Group) {
        router.post("/chats/:chat/pause") { try await set(ChatSettings.untilResumed, $0) }
        router.post("/chats/:chat/resume") { try await set(nil, $0) }
    }

    private func set(_ pausedUntil: Timestamp?, _ request: ServerRequest) async throws -> ServerResponse {
        let chat = ChatID(try request.parameters.require("chat", as: Int64.self))
        let now = time.now
        try await database.write { connection in
            try ChatSettingsStore().update(chat, now: now, in: connection) { $0.pausedUntil = pausedUntil }
        }
        logger.notice(
            "the owner's page changed a pause",
            ["chat": .integer(chat.rawValue), "paused": .bool(pausedUntil != nil)])
        return .empty(.noContent)
    }
}
