internal import BotKit
internal import Images
internal import PhotoLibraries

/// The ways to send a picture, best first, decided by what is known before a byte is loaded.
///
/// Limits are those of the Bot API's `sendPhoto`, `sendVideo` and `sendDocument`: a photo has at most 10 MiB, width
/// and height together at most 10000, a ratio of at most 20; everything else has at most 50 MB.
struct SendingLadder: Equatable, Sendable {
    /// One way to send.
    enum Rung: Equatable, Sendable {
        /// `sendPhoto` with the picture in a form.
        case photo(PhotoForm)
        /// `sendVideo` with the original: an MP4 with H.264.
        case video
        /// `sendAnimation` with the original: a GIF that moves.
        case animation
        /// `sendDocument` with the original: nothing is lost, nothing is shown large.
        case document

        /// The most bytes that may be sent this way.
        var limit: Int {
            switch self {
            case .photo: 10 * 1024 * 1024
            case .video, .animation, .document: 50 * 1000 * 1000
            }
        }

        /// The form that is loaded for it.
        var form: PhotoForm {
            if case .photo(let form) = self { form } else { .original }
        }

        /// What Telegram calls it.
        var kind: MediaKind {
            switch self {
            case .photo: .photo
            case .video: .video
            case .animation: .animation
            case .document: .document
            }
        }

        /// Photos and videos may stand in one album; animations and documents may not stand beside them.
        var fitsAlbum: Bool { kind == .photo || kind == .video }
    }

    /// At least one.
    private(set) var rungs: [Rung]

    init(for photo: Photo) {
        let fitsAsDocument = photo.size.map { $0 <= Rung.document.limit } ?? true
        let isClip = photo.clip != nil || (photo.isMoving && photo.format == nil)
        if isClip || (photo.isMoving && photo.format == .gif) {
            // A still of it is better than nothing where it is too large to move.
            guard fitsAsDocument else {
                rungs = [.photo(.rendition)]
                return
            }
            rungs = isClip ? (Self.isVideo(photo) ? [.video] : []) : [.animation]
            rungs += [.document, .photo(.rendition)]
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

    /// Telegram plays the original everywhere: an MP4 whose pictures are H.264, or not known to be something else.
    private static func isVideo(_ photo: Photo) -> Bool {
        let ending = photo.fileName.split(separator: ".").dropFirst().last.map { $0.lowercased() }
        guard let container = photo.clip?.container ?? ending, ["mp4", "m4v"].contains(container) else { return false }
        return photo.clip?.videoCodec.map { ["h264", "avc", "avc1"].contains($0) } ?? true
    }
}
