internal import BotKit
internal import PhotoLibraries
internal import Support
internal import TelegramAPI

/// Sends a chat a chosen photo the best way there is, and says what to note about it.
///
/// Commands and schedules go the same way.
final class PhotoShow: Sendable {
    typealias Choice = PhotoChooser.Choice
    typealias Failure = PhotoFailure

    let chooser: PhotoChooser
    let catalogue: Catalogue
    /// How a chosen photo travels.
    let photos: PhotoSender
    private let settings: GallerySettings
    private let time: any TimeSource
    private let logger: Logger

    init(
        chooser: PhotoChooser, photos: PhotoSender, settings: GallerySettings, time: any TimeSource, logger: Logger
    ) {
        self.chooser = chooser
        self.photos = photos
        catalogue = chooser.catalogue
        self.settings = settings
        self.time = time
        self.logger = logger
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

    // MARK: Steps

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
