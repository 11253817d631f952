internal import HTTP
internal import HTTPServer
internal import Storage
internal import Support
internal import TelegramAPI

/// Pauses schedules and lets them go on, as the chats' own commands do.
struct PauseRoutes: Sendable {
    let scheduler: ChatScheduler
    let logger: Logger

    func register(in router: inout Router.Group) {
        router.post("/chats/:chat/pause") { try await setChat(ChatSettings.untilResumed, $0) }
        router.post("/chats/:chat/resume") { try await setChat(nil, $0) }
        router.post("/schedules/:schedule/pause") { try await setSchedule(true, $0) }
        router.post("/schedules/:schedule/resume") { try await setSchedule(false, $0) }
    }

    /// All schedules of a chat.
    private func setChat(_ pausedUntil: Timestamp?, _ request: ServerRequest) async throws -> ServerResponse {
        let chat = ChatID(try request.parameters.require("chat", as: Int64.self))
        try await scheduler.database.write { [scheduler] connection in
            _ = try scheduler.chats.update(chat, now: scheduler.time.now, in: connection) {
                $0.pausedUntil = pausedUntil
            }
        }
        note("chat", chat.rawValue, isPaused: pausedUntil != nil)
        return .empty(.noContent)
    }

    /// One schedule.
    private func setSchedule(_ isPaused: Bool, _ request: ServerRequest) async throws -> ServerResponse {
        let id = try request.parameters.require("schedule", as: Int64.self)
        let isKnown = try await scheduler.database.write { [scheduler] connection in
            guard var schedule = try scheduler.schedules.find(id, in: connection) else { return false }
            schedule.isPaused = isPaused
            try scheduler.update(schedule, in: connection)
            return true
        }
        guard isKnown else { throw HTTPError(.notFound) }
        note("schedule", id, isPaused: isPaused)
        return .empty(.noContent)
    }

    private func note(_ kind: String, _ number: Int64, isPaused: Bool) {
        logger.notice("the owner's page changed a pause", [kind: .integer(number), "paused": .bool(isPaused)])
    }
}
