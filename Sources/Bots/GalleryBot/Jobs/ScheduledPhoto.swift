internal import BotKit
internal import Jobs
internal import Support
internal import TelegramAPI

/// A photo that is due by schedule for one person.
struct ScheduledPhoto: Job {
    static let kind = "gallery.scheduled_photo"

    /// The private chat, which has the person's number.
    var userID: Int64
}

/// Sends scheduled photos.
///
/// The choice is stored before it is sent, so that a repeat after a crash sends the same one.
struct ScheduledPhotoHandler: JobHandler {
    let show: PhotoShow
    let access: GalleryAccess
    let sender: Sender
    let language: @Sendable (UserID) -> Language
    let logger: Logger
    let sent = SentPhotos()

    var policy: JobPolicy { JobPolicy(concurrency: 4, deadline: .seconds(180)) }

    func run(_ job: ScheduledPhoto, context: JobContext) async throws -> JobOutcome {
        let chat = ChatID(job.userID)
        let user = UserID(job.userID)
        guard access.isOpen(chat) else { return .cancel(reason: "the person may not use the bot any more") }
        for _ in 0..<5 {
            let choice: PhotoChooser.Choice
            if let saved = try context.savedState(as: PhotoChooser.Choice.self) {
                choice = saved
            } else {
                do {
                    choice = try await show.chooser.choose(for: chat)
                } catch PhotoFailure.emptyLibrary {
                    return .cancel(reason: "the library is empty")
                }
                try await context.save(choice)
            }
            defer { show.chooser.finish(choice, for: chat) }
            let entry: SentPhotos.Entry?
            do {
                entry = try await show.send(
                    choice,
                    to: Recipient(chat: chat, user: user, language: language(user), source: .schedule),
                    sender: sender)
            } catch PhotoFailure.unsendable {
                entry = nil
            } catch let error as TelegramError {
                if case .forbidden(let refusal, _) = error {
                    return .cancel(reason: "the person cannot be reached: \(refusal)")
                }
                if case .notFound(.chat, _) = error { return .cancel(reason: "the person has not started the bot") }
                throw error
            }
            if let entry {
                try await context.complete { [sent] in try sent.add(entry, in: $0) }
                return .done
            }
            // Gone or unsendable: another one, chosen anew.
            try await context.save(PhotoChooser.Choice?.none)
        }
        return .cancel(reason: "no photo could be sent")
    }
}
