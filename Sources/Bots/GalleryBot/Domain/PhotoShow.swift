internal import BotKit
internal import PhotoLibraries
internal import Storage
internal import Support
internal import Synchronization
internal import TelegramAPI

/// Shows a chat its next photo: draws it, sends it the best way there is, and says what to note about it.
///
/// Commands and schedules go the same way.
final class PhotoShow: Sendable {
    /// A photo that was chosen for a chat.
    struct Choice: Codable, Equatable, Sendable {
        var photoID: String
        var round: Int
        /// Whether the person should be told that all was shown.
        var remark: Remark?

        enum Remark: String, Codable, Sendable {
            case newRound
            case repeated
        }
    }

    /// Why there is no photo.
    enum Failure: Error, Sendable {
        case emptyLibrary
        case library(PhotoLibraryError)
        /// Telegram refused it in every form.
        case unsendable
    }

    let catalogue: Catalogue
    /// How a chosen photo travels.
    let photos: PhotoSender
    private let settings: GallerySettings
    private let sent = SentPhotos()
    private let database: any Database
    private let time: any TimeSource
    private let logger: Logger
    private let random: Mutex<SeededRandom>
    /// Photos chosen for a chat and not yet noted: a command and a schedule at once must not choose the same.
    private let underWay = Mutex<[ChatID: [String]]>([:])

    init(
        catalogue: Catalogue, photos: PhotoSender, settings: GallerySettings, database: any Database,
        time: any TimeSource, logger: Logger,
        seed: UInt64
    ) {
        self.catalogue = catalogue
        self.photos = photos
        self.settings = settings
        self.database = database
        self.time = time
        self.logger = logger
        random = Mutex(SeededRandom(seed: seed))
    }

    /// Draws the chat's next photo; call `finish` when it is noted or given up.
    func choose(for chat: ChatID) async throws -> Choice {
        let identifiers = try await listed()
        let since = time.now - .seconds(86_400 * settings.avoidRecentDays)
        let progress = try await database.read { [sent] in
            try sent.progress(of: chat.rawValue, since: since, in: $0)
        }
        let draw = underWay.withLock { underWay -> Deck.Draw? in
            let pending = underWay[chat, default: []]
            let deck = Deck(
                identifiers: identifiers, shownInRound: progress.shownInRound.union(pending),
                recent: progress.recent + pending, round: progress.round)
            let draw = random.withLock { deck.draw(using: &$0) }
            if let draw { underWay[chat, default: []].append(draw.id) }
            return draw
        }
        guard let draw else { throw Failure.emptyLibrary }
        let remark: Choice.Remark? =
            switch draw.occasion {
            case .usual: nil
            case .newRound: .newRound
            case .repeated: .repeated
            }
        return Choice(photoID: draw.id, round: draw.round, remark: remark)
    }

    /// Frees a choice after it was noted in the history, or given up.
    func finish(_ choice: Choice, for chat: ChatID) {
        underWay.withLock { underWay in
            if let index = underWay[chat]?.firstIndex(of: choice.photoID) { underWay[chat]?.remove(at: index) }
            if underWay[chat]?.isEmpty == true { underWay[chat] = nil }
        }
    }

    /// Sends a chosen photo; nil when it has gone from the library meanwhile.
    ///
    /// - Returns: The history's entry, to be written by the caller in the transaction that ends its work.
    func send(_ choice: Choice, to recipient: Recipient, sender: Sender) async throws -> SentPhotos.Entry? {
        guard let photo = try await looked(up: choice.photoID) else { return nil }
        do {
            return try await photos.send(
                photo, round: choice.round, remark: remark(choice.remark, recipient.language), to: recipient,
                sender: sender)
        } catch PhotoLibraryError.notFound {
            catalogue.remove(photo.id)
            return nil
        } catch let error as PhotoLibraryError {
            throw Failure.library(error)
        }
    }

    private func remark(_ remark: Choice.Remark?, _ language: Language) -> String? {
        let texts = GalleryTexts.all[language]
        return switch remark {
        case .newRound: texts.newRound
        case .repeated: texts.repeated(settings.avoidRecentDays)
        case nil: nil
        }
    }

    /// How many photos of its round a chat has not seen, and how many there are; nil while the library does not answer.
    func remaining(for chat: ChatID) async throws -> (unseen: Int, all: Int)? {
        let identifiers: [String]
        do throws(PhotoLibraryError) {
            identifiers = try await catalogue.identifiers()
        } catch {
            logger.notice("no figures from the library", ["error": .describing(error)])
            return nil
        }
        let now = time.now
        let progress = try await database.read { [sent] in try sent.progress(of: chat.rawValue, since: now, in: $0) }
        return (identifiers.count { !progress.shownInRound.contains($0) }, identifiers.count)
    }

    // MARK: Steps

    private func listed() async throws -> [String] {
        do throws(PhotoLibraryError) {
            return try await catalogue.identifiers()
        } catch {
            throw Failure.library(error)
        }
    }

    private func looked(up id: String) async throws -> Photo? {
        do throws(PhotoLibraryError) {
            let photo = try await catalogue.library.photo(id: id)
            if photo == nil { catalogue.remove(id) }
            return photo
        } catch {
            throw Failure.library(error)
        }
    }
}
