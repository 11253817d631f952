internal import BotKit
internal import Jobs
internal import Support
internal import TelegramAPI

/// A photo that is due by the configured schedule for one person.
struct ScheduledPhoto: Job {
    static let kind = "gallery.scheduled_photo"

    /// The private chat, which has the person's number.
    var userID: Int64
    /// Somebody pressed “now”; absent in what earlier versions have stored.
    var isAskedFor: Bool?
}

/// Sends the photos of the configured schedule.
struct ScheduledPhotoHandler: JobHandler {
    let delivery: ScheduleDelivery
    let language: @Sendable (UserID) -> Language

    var policy: JobPolicy { ScheduleDelivery.policy }

    func run(_ job: ScheduledPhoto, context: JobContext) async throws -> JobOutcome {
        let scheduler = delivery.scheduler
        let (chat, user) = (ChatID(job.userID), UserID(job.userID))
        return try await delivery.run(
            ScheduleDelivery.Order(
                chat: chat, user: user, language: language(user), name: "configured",
                isAskedFor: job.isAskedFor ?? false,
                isPaused: { $0.isConfiguredPaused },
                claim: { due, connection in try scheduler.claimConfigured(chat, due: due, in: connection) }),
            context: context)
    }
}
