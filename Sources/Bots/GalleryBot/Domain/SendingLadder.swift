internal import Images
internal import PhotoLibraries

/// The ways to send a picture, best first, decided by what is known before a byte is loaded.
///
/// Limits are those of the Bot API's `sendPhoto` and `sendDocument`: a photo has at most 10 MiB, width and height
/// together at most 10000, a ratio of at most 20; a document has at most 50 MB.
struct SendingLadder: Equatable, Sendable {
    /// One way to send.
    enum Rung: Equatable, Sendable {
        /// `sendPhoto` with the picture in a form.
        case photo(PhotoForm)
        /// `sendAnimation` with the original: a GIF that moves.
        case animation
        /// `sendDocument` with the original: nothing is lost, nothing is shown large.
        case document

        /// The most bytes that may be sent this way.
        var limit: Int {
            switch self {
            case .photo: 10 * 1024 * 1024
            case .animation, .document: 50 * 1000 * 1000
            }
        }

        /// The form that is loaded for it.
        var form: PhotoForm {
            if case .photo(let form) = self { form } else { .original }
        }
    }

    /// At least one.
    private(set) var rungs: [Rung]

    init(for photo: Photo) {
        let format = photo.format
        let fitsAsDocument = photo.size.map { $0 <= Rung.document.limit } ?? true
        if photo.isMoving {
            // A still of it is better than nothing where it is too large to move.
            rungs = format == .gif && fitsAsDocument ? [.animation] : []
            rungs += fitsAsDocument ? [.document, .photo(.rendition)] : [.photo(.rendition)]
            return
        }
        if let width = photo.width, let height = photo.height, min(width, height) > 0,
            max(width, height) > 20 * min(width, height)
        {
            // Scaling keeps the ratio, so no rendition of a panorama can be a photo.
            rungs = [.document]
            return
        }
        var rungs: [Rung] = []
        if Self.isPhoto(photo) { rungs.append(.photo(.original)) }
        rungs.append(.photo(.rendition))
        if fitsAsDocument { rungs.append(.document) }
        self.rungs = rungs
    }

    /// Telegram takes the original as a photo.
    ///
    /// What is not known is tried: the next rung is there if it is refused.
    private static func isPhoto(_ photo: Photo) -> Bool {
        guard photo.format == .jpeg || photo.format == .png else { return false }
        if let size = photo.size, size > Rung.photo(.original).limit { return false }
        if let width = photo.width, let height = photo.height, width + height > 10_000 { return false }
        return true
    }
}
