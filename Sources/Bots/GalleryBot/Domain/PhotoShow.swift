internal import BotKit
internal import PhotoLibraries
internal import Support
internal import TelegramAPI

/// Shows a chat its next photos: chosen, looked up, sent the best way there is.
///
/// Commands, buttons and schedules go the same way.
final class PhotoShow: Sendable {
    typealias Choice = PhotoChooser.Choice
    typealias Failure = PhotoFailure

    /// A choice with what the library knows of it.
    struct Prepared: Sendable {
        var choice: Choice
        var photo: Photo
    }

    let chooser: PhotoChooser
    let catalogue: Catalogue
    /// How a chosen photo travels.
    let photos: PhotoSender
    /// What is made ready before somebody asks.
    let ahead: NextPhotos
    private let settings: GallerySettings
    private let isHidden: @Sendable (Photo, ChatID) async throws -> Bool

    /// - Parameter isHidden: Whether a chat does not want to see a photo any more; asked for what was chosen earlier.
    init(
        chooser: PhotoChooser, photos: PhotoSender, settings: GallerySettings, time: any TimeSource, logger: Logger,
        isHidden: @escaping @Sendable (Photo, ChatID) async throws -> Bool = { _, _ in false }
    ) {
        self.chooser = chooser
        self.photos = photos
        catalogue = chooser.catalogue
        self.settings = settings
        self.isHidden = isHidden
        ahead = NextPhotos(chooser: chooser, photos: photos, time: time, logger: logger, isHidden: isHidden)
    }

    // MARK: One

    /// The chat's next photo, at once where it was made ready; call `finish` when it is noted or given up.
    ///
    /// A photo that has gone since the list was read is passed over.
    func prepare(for chat: ChatID, filter: PhotoFilter = .none) async throws -> Prepared {
        if filter.isEmpty, let ready = await ahead.take(for: chat) { return ready }
        await ahead.release(for: chat)
        var gone: [Choice] = []
        defer { for choice in gone { chooser.finish(choice, for: chat) } }
        for _ in 0..<5 {
            guard let choice = try await chooser.choose(for: chat, filter: filter, count: 1).first else { break }
            do {
                if let photo = try await looked(up: choice.photoID, for: chat) {
                    return Prepared(choice: choice, photo: photo)
                }
                gone.append(choice)
            } catch {
                gone.append(choice)
                throw error
            }
        }
        throw Failure.library(.notFound)
    }

    /// Frees a choice after it was noted in the history, or given up.
    func finish(_ prepared: Prepared, for chat: ChatID) {
        chooser.finish(prepared.choice, for: chat)
    }

    /// Sends a chosen photo; nil when it has gone from the library meanwhile.
    ///
    /// - Returns: The history's entry, to be written by the caller in the transaction that ends its work.
    func send(_ choice: Choice, to recipient: Recipient, sender: Sender) async throws -> SentPhotos.Entry? {
        guard let photo = try await looked(up: choice.photoID, for: recipient.chat) else { return nil }
        return try await send(Prepared(choice: choice, photo: photo), to: recipient, sender: sender)
    }

    /// Sends a photo that was looked up; nil when it has gone from the library meanwhile.
    ///
    /// - Returns: The history's entry, to be written by the caller in the transaction that ends its work.
    func send(_ prepared: Prepared, to recipient: Recipient, sender: Sender) async throws -> SentPhotos.Entry? {
        do {
            return try await photos.send(
                prepared.photo, round: prepared.choice.round,
                words: .init(remark: remark(prepared.choice.remark, recipient.language)), to: recipient,
                sender: sender)
        } catch PhotoLibraryError.notFound {
            catalogue.remove(prepared.photo.id)
            return nil
        } catch let error as PhotoLibraryError {
            throw Failure.library(error)
        }
    }

    // MARK: Several

    /// Chooses up to `count` photos; call `finish` of the chooser for each.
    func choose(for chat: ChatID, filter: PhotoFilter = .none, count: Int) async throws -> [Choice] {
        await ahead.release(for: chat)
        return try await chooser.choose(for: chat, filter: filter, count: count)
    }

    /// Sends chosen photos as an album, and singly what cannot stand in one.
    ///
    /// - Returns: What became of them; a choice that has gone from the library is simply not among the entries.
    func sendAlbum(_ choices: [Choice], to recipient: Recipient, sender: Sender) async -> AlbumDelivery {
        var items: [AlbumPlan.Item] = []
        do {
            for choice in choices {
                guard let photo = try await looked(up: choice.photoID, for: recipient.chat) else { continue }
                items.append(AlbumPlan.Item(photo, round: choice.round, words: .init()))
            }
        } catch {
            return AlbumDelivery(failure: error)
        }
        let delivery = await photos.sendAlbum(items, to: recipient, sender: sender)
        for photo in delivery.lost { catalogue.remove(photo.id) }
        return delivery
    }

    /// Sends the votes' row that answers to an album; nothing where there was none.
    func sendVotes(
        for delivery: AlbumDelivery, text: String, to recipient: Recipient, sender: Sender
    ) async throws {
        guard let (message, numbers) = delivery.album else { return }
        var options = try await photos.options(for: recipient)
        options.replyTo = message
        options.hasSpoiler = false
        try await sender.send(
            .init(text), to: message.chatID,
            keyboard: try await photos.albumKeyboard(numbers, for: recipient), options: options)
    }

    /// The line that tells somebody that all was shown.
    func remark(_ remark: Choice.Remark?, _ language: Language) -> String? {
        let texts = GalleryTexts.all[language]
        return switch remark {
        case .newRound: texts.newRound
        case .repeated: texts.repeated(settings.avoidRecentDays)
        case nil: nil
        }
    }

    /// What the library knows of a photo; nil when it has gone, or when the chat does not want to see it.
    ///
    /// The list that was chosen from may be some minutes old, and the photo in a hidden gallery since.
    private func looked(up id: String, for chat: ChatID) async throws -> Photo? {
        guard let photo = try await looked(up: id), try await !isHidden(photo, chat) else { return nil }
        return photo
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
