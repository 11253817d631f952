internal import BotKit
internal import Jobs
internal import Storage
internal import Support
internal import TelegramAPI

/// One or more photos that are due by a schedule of a chat.
struct ChatPhoto: Job {
    static let kind = "gallery.chat_photo"

    /// The schedule's number; where it goes is read when it is due, since groups move.
    var schedule: Int64
    /// Somebody pressed “now”.
    var isAskedFor = false
}

/// Sends the photos of chats' own schedules.
struct ChatPhotoHandler: JobHandler {
    let delivery: ScheduleDelivery
    let language: @Sendable (UserID) -> Language

    var policy: JobPolicy { ScheduleDelivery.policy }

    func run(_ job: ChatPhoto, context: JobContext) async throws -> JobOutcome {
        let scheduler = delivery.scheduler
        let found = try await scheduler.database.read { try scheduler.schedules.find(job.schedule, in: $0) }
        guard let schedule = found else {
            try await context.write { try scheduler.removeLeftover(job.schedule, in: $0) }
            return .cancel(reason: "the schedule was deleted")
        }
        let isPrivate = schedule.chat.rawValue > 0
        let reader = isPrivate ? UserID(schedule.chat.rawValue) : schedule.createdBy
        return try await delivery.run(
            ScheduleDelivery.Order(
                chat: schedule.chat, user: isPrivate ? reader : nil, language: reader.map(language) ?? .english,
                name: "\(schedule.id)", filter: schedule.filter, count: schedule.count, isSilent: schedule.isSilent,
                isAskedFor: job.isAskedFor,
                isPaused: { _ in schedule.isPaused },
                claim: { due, connection in try scheduler.claim(schedule.id, due: due, in: connection) }),
            context: context)
    }
}
