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
    /// What stands around a photo besides what is known of it.
    struct Words: Sendable {
        /// A line above the caption, such as "3 years ago today".
        var above: FormattedText?
        /// A line at its end, such as that a new round begins.
        var remark: String?
    }

    let library: any PhotoLibrary
    let pictures: PictureCache
    let logger: Logger
    private let database: any Database
    private let settings = ChatSettingsStore()
    private let known = KnownPhotos()
    private let votes: VoteKeyboard
    private let time: any TimeSource

    /// How many bytes of pictures are kept at hand.
    static let cacheLimit = 64 * 1024 * 1024
    /// How long what was prepared may be used.
    static let preparedAge = Duration.seconds(15 * 60)

    init(library: any PhotoLibrary, database: any Database, time: any TimeSource, logger: Logger) {
        self.library = library
        self.database = database
        self.time = time
        self.logger = logger
        votes = VoteKeyboard(database: database)
        pictures = PictureCache(limit: Self.cacheLimit, maximumAge: Self.preparedAge, time: time)
    }

    /// Sends a photo, in the first form of its ladder that can be had and that Telegram takes.
    ///
    /// - Parameter skipping: Forms that were tried already, from the top of the ladder.
    /// - Returns: The history's entry, to be written by the caller in the transaction that ends its work.
    /// - Throws: `PhotoFailure.unsendable` when no form was taken, `PhotoLibraryError`, `TelegramError`.
    func send(
        _ photo: Photo, round: Int, words: Words = Words(), skipping: Int = 0, to recipient: Recipient, sender: Sender
    ) async throws -> SentPhotos.Entry {
        let number = try await number(of: photo)
        let keyboard = InlineKeyboard(
            rows: try await votes.rows(for: [number], in: recipient.chat)
                + [PhotoButtons.row(photo: number, in: recipient.language)])
        let caption = Caption.text(
            for: photo, in: GalleryTexts.all[recipient.language], above: words.above, remark: words.remark)
        let options = try await options(for: recipient)
        for rung in SendingLadder(for: photo).rungs.dropFirst(skipping) {
            do {
                let message = try await attempt(
                    rung, photo, to: recipient.chat, caption: caption, keyboard: keyboard, sender: sender,
                    options: options)
                return entry(photo, number: number, round: round, message: message, recipient: recipient)
            } catch let error as TelegramError where error.asksForAnotherForm {
                logger.notice(
                    "Telegram refused a form", ["photo": .string(photo.id), "form": "\(rung)", "error": "\(error)"])
            } catch let error as PhotoLibraryError where error.isAboutTheForm {
                logger.notice(
                    "a form cannot be had", ["photo": .string(photo.id), "form": "\(rung)", "error": "\(error)"])
            }
        }
        throw PhotoFailure.unsendable
    }

    /// The chat's present round, in which photos count as seen that it asked for by their day.
    func round(of chat: ChatID) async throws -> Int {
        try await database.read { connection in
            try connection.value("SELECT COALESCE(MAX(round), 1) FROM sent_photos WHERE chat_id = \(chat.rawValue)")
                ?? 1
        }
    }

    // MARK: Parts that albums share

    /// The photo's number for buttons, with what is known of it today.
    func number(of photo: Photo) async throws -> Int64 {
        try await database.write { [known, kind = library.kind] in try known.note(photo, library: kind, in: $0) }
    }

    /// The row of votes below an album, with the button for more.
    func albumKeyboard(_ numbers: [Int64], for recipient: Recipient) async throws -> InlineKeyboard {
        var rows = try await votes.rows(for: numbers, in: recipient.chat)
        if let first = numbers.first { rows.append(PhotoButtons.nextRow(photo: first, in: recipient.language)) }
        return InlineKeyboard(rows: rows)
    }

    func entry(
        _ photo: Photo, number: Int64, round: Int, message: Message, recipient: Recipient
    ) -> SentPhotos.Entry {
        SentPhotos.Entry(
            imageID: photo.id, chatID: message.chat.id.rawValue, userID: recipient.user?.rawValue,
            title: photo.title ?? photo.fileName, round: round, sentAt: time.now, messageID: message.messageID,
            source: recipient.source, photoNumber: number)
    }

    /// What the chat has decided about its photos; a `file_id` carries none of it, so it goes with every sending.
    func options(for recipient: Recipient) async throws -> SendOptions {
        let chat = try await database.read { [settings] in try settings.settings(of: recipient.chat, in: $0) }
        return SendOptions(
            isSilent: recipient.isSilent || chat.isSilent, isProtected: chat.isProtected, topic: recipient.topic,
            hasSpoiler: chat.isSpoiler)
    }

    /// The name of a form's bytes.
    ///
    /// The fingerprint is in it: a changed file is uploaded anew, whatever its address says.
    func key(_ photo: Photo, _ form: PhotoForm) -> String {
        "\(library.kind):\(photo.id):\(photo.fingerprint):\(form.rawValue)"
    }

    /// A form to send: Telegram's own copy, one that is at hand, or one that is loaded now.
    func media(_ photo: Photo, _ rung: SendingLadder.Rung) -> Media {
        Media(key: key(photo, rung.form)) { [self] in
            let content = try await content(of: photo, rung)
            // A file keeps the name it has in the library.
            return .bytes(content.bytes, name: rung == .document ? photo.fileName : content.fileName)
        }
    }

    /// What is known of a film, for Telegram.
    static func facts(_ photo: Photo) -> ClipFacts {
        ClipFacts(
            seconds: photo.clip?.duration.map { max(1, Int($0.rounded())) }, width: photo.width, height: photo.height)
    }

    /// Loads a form and keeps it at hand for a while.
    func content(of photo: Photo, _ rung: SendingLadder.Rung) async throws(PhotoLibraryError) -> PhotoContent {
        let key = key(photo, rung.form)
        if let content = pictures[key], content.bytes.count <= rung.limit { return content }
        let content = try await library.content(of: photo, form: rung.form, limit: rung.limit)
        guard !content.bytes.isEmpty else { throw .notAPicture }
        pictures.store(content, for: key)
        return content
    }

    /// Loads the form that will be sent first, unless Telegram has it; falls down the ladder as sending would.
    func prepare(_ photo: Photo, sender: Sender) async throws {
        for rung in SendingLadder(for: photo).rungs {
            // What would not be kept is not loaded in vain.
            if rung.form == .original, let size = photo.size, size * 2 > Self.cacheLimit { return }
            if try await sender.hasSent(media(photo, rung), as: rung.kind) { return }
            do throws(PhotoLibraryError) {
                _ = try await content(of: photo, rung)
                return
            } catch {
                guard error.isAboutTheForm else { throw error }
            }
        }
    }

    private func attempt(
        _ rung: SendingLadder.Rung, _ photo: Photo, to chat: ChatID, caption: FormattedText,
        keyboard: (any Keyboard)?, sender: Sender, options: SendOptions
    ) async throws -> Message {
        let media = media(photo, rung)
        let message =
            switch rung {
            case .photo:
                try await sender.sendPhoto(media, to: chat, caption: caption, keyboard: keyboard, options: options)
            case .video:
                try await sender.sendVideo(
                    media, facts: Self.facts(photo), to: chat, caption: caption, keyboard: keyboard, options: options)
            case .animation:
                try await sender.sendAnimation(
                    media, facts: Self.facts(photo), to: chat, caption: caption, keyboard: keyboard, options: options)
            case .document:
                try await sender.sendDocument(media, to: chat, caption: caption, keyboard: keyboard, options: options)
            }
        // Telegram has it now, and gives it back by its file_id.
        pictures.remove(key(photo, rung.form))
        return message
    }
}

extension TelegramError {
    /// Telegram does not take the file in this form; another may do.
    var asksForAnotherForm: Bool {
        switch self {
        case .file(.unusable, _), .file(.tooBig, _), .file(.unfetchable, _), .tooLarge: true
        case .badRequest(let description, _):
            ["PHOTO_", "Photo_", "IMAGE_PROCESS_FAILED", "too big for a photo", "unsupported extension", "VIDEO_"]
                .contains { description.contains($0) }
        default: false
        }
    }

    /// Which item of an album was the reason, from 1: "failed to send message #2 with the error message …".
    var albumItem: Int? {
        let text = description
        guard let start = text.firstRange(of: "message #")?.upperBound else { return nil }
        return Int(text[start...].prefix { $0.isASCII && $0.isNumber })
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
