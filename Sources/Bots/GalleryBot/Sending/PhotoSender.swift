internal import BotKit
internal import Markup
internal import PhotoLibraries
internal import Storage
internal import Support
internal import TelegramAPI

/// Sends a photo in the best form that Telegram takes, and says what to note about it.
///
/// Choosing is somebody else's: commands, buttons and schedules all send through here.
final class PhotoSender: Sendable {
    let library: any PhotoLibrary
    private let database: any Database
    private let settings = ChatSettingsStore()
    private let time: any TimeSource
    private let logger: Logger

    init(library: any PhotoLibrary, database: any Database, time: any TimeSource, logger: Logger) {
        self.library = library
        self.database = database
        self.time = time
        self.logger = logger
    }

    /// Sends a photo, in the first form of its ladder that can be had and that Telegram takes.
    ///
    /// - Returns: The history's entry, to be written by the caller in the transaction that ends its work.
    /// - Throws: `PhotoShow.Failure.unsendable` when no form was taken, `PhotoLibraryError`, `TelegramError`.
    func send(
        _ photo: Photo, round: Int, remark: String? = nil, to recipient: Recipient, sender: Sender
    ) async throws -> SentPhotos.Entry {
        var caption = Caption.text(for: photo, in: GalleryTexts.all[recipient.language])
        if let remark {
            caption = (caption.truncated(to: 1024 - remark.utf16.count - 4) + "\n\n\(italic: remark)").truncated()
        }
        let options = try await options(for: recipient)
        for rung in SendingLadder(for: photo).rungs {
            do {
                let message = try await attempt(
                    rung, photo, to: recipient.chat, caption: caption, keyboard: nil, sender: sender, options: options)
                return SentPhotos.Entry(
                    imageID: photo.id, chatID: message.chat.id.rawValue, userID: recipient.user?.rawValue,
                    title: photo.title ?? photo.fileName, round: round, sentAt: time.now,
                    messageID: message.messageID, source: recipient.source)
            } catch let error as TelegramError where error.asksForAnotherForm {
                logger.notice(
                    "Telegram refused a form", ["photo": .string(photo.id), "form": "\(rung)", "error": "\(error)"])
            } catch let error as PhotoLibraryError where error.isAboutTheForm {
                logger.notice(
                    "a form cannot be had", ["photo": .string(photo.id), "form": "\(rung)", "error": "\(error)"])
            }
        }
        throw PhotoShow.Failure.unsendable
    }

    /// What the chat has decided about its photos; a `file_id` carries none of it, so it goes with every sending.
    func options(for recipient: Recipient) async throws -> SendOptions {
        let chat = try await database.read { [settings] in try settings.settings(of: recipient.chat, in: $0) }
        return SendOptions(
            isSilent: recipient.isSilent || chat.isSilent, isProtected: chat.isProtected, topic: recipient.topic,
            hasSpoiler: chat.isSpoiler)
    }

    private func attempt(
        _ rung: SendingLadder.Rung, _ photo: Photo, to chat: ChatID, caption: FormattedText,
        keyboard: (any Keyboard)?, sender: Sender, options: SendOptions
    ) async throws -> Message {
        let library = library
        // The fingerprint is in the key: a changed file is uploaded anew, whatever its address says.
        let media = Media(key: "\(library.kind):\(photo.id):\(photo.fingerprint):\(rung.form.rawValue)") {
            let content = try await library.content(of: photo, form: rung.form, limit: rung.limit)
            return .bytes(content.bytes, name: content.fileName)
        }
        return switch rung {
        case .photo:
            try await sender.sendPhoto(media, to: chat, caption: caption, keyboard: keyboard, options: options)
        case .animation:
            try await sender.sendAnimation(media, to: chat, caption: caption, keyboard: keyboard, options: options)
        case .document:
            try await sender.sendDocument(media, to: chat, caption: caption, keyboard: keyboard, options: options)
        }
    }
}

extension TelegramError {
    /// Telegram does not take the file in this form; another may do.
    var asksForAnotherForm: Bool {
        switch self {
        case .file(.unusable, _), .file(.tooBig, _), .file(.unfetchable, _), .tooLarge: true
        case .badRequest(let description, _):
            ["PHOTO_", "Photo_", "IMAGE_PROCESS_FAILED", "too big for a photo", "unsupported extension"]
                .contains { description.contains($0) }
        default: false
        }
    }
}

extension PhotoLibraryError {
    /// Another form of the same picture may work.
    var isAboutTheForm: Bool {
        switch self {
        case .tooLarge, .notAPicture: true
        default: false
        }
    }
}
