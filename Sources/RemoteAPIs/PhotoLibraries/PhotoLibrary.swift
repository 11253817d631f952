/// A collection of pictures that belongs to the bot's owner; nothing here changes it.
package protocol PhotoLibrary: Sendable {
    /// The kind of library, such as `stash`; bounded, for metrics and logs.
    var kind: String { get }

    /// What choosing needs of every picture, read page by page and never held as one text.
    ///
    /// Pictures that come or go meanwhile may be in it or not; none is in it twice.
    func index() async throws(PhotoLibraryError) -> PhotoIndex

    /// What the library knows of a picture; nil when it is gone.
    func photo(id: String) async throws(PhotoLibraryError) -> Photo?

    /// The picture's bytes in a form; at most `limit` of them, else `.tooLarge`.
    func content(of photo: Photo, form: PhotoForm, limit: Int) async throws(PhotoLibraryError) -> PhotoContent

    /// Asks whether the library answers, and what it says of itself.
    func status() async throws(PhotoLibraryError) -> PhotoLibraryStatus
}

/// The forms in which a picture can be had.
package enum PhotoForm: String, Sendable, CaseIterable {
    /// The file as it lies in the library.
    case original
    /// A JPEG that Telegram takes as a photo.
    case rendition
}

/// A picture's bytes with what they turned out to be.
package struct PhotoContent: Sendable, Equatable {
    package var bytes: [UInt8]
    /// The media type told by the bytes themselves.
    package var mediaType: String
    /// A file name whose ending fits the bytes: Telegram goes by it.
    package var fileName: String

    package init(bytes: [UInt8], mediaType: String, fileName: String) {
        self.bytes = bytes
        self.mediaType = mediaType
        self.fileName = fileName
    }
}

/// What a library says of itself when asked whether it is well.
package struct PhotoLibraryStatus: Sendable, Equatable {
    /// The software's version; nil for a folder.
    package var version: String?
    /// How many pictures there are.
    package var count: Int

    package init(version: String?, count: Int) {
        self.version = version
        self.count = count
    }
}

/// Why a library could not do what it was asked.
package enum PhotoLibraryError: Error, Sendable, Equatable {
    /// It does not answer, or answers with a server error; worth trying again.
    case unavailable(reason: String)
    /// It wants a key, or another one.
    case unauthorized
    /// It answered, yet not as this kind of library does: wrong address, a login page, an old version.
    case unexpectedAnswer(reason: String)
    /// It waits for its owner: a first set-up or a migration.
    case needsOwner(reason: String)
    /// It refused a query; a mistake of ours or a version that differs.
    case refused(reason: String)
    /// The picture is no longer there.
    case notFound
    /// The bytes are more than the caller takes; `size` where the library tells it.
    case tooLarge(size: Int?)
    /// The bytes are no picture that can be shown.
    case notAPicture
    /// The task that asked was cancelled.
    case cancelled

    /// Worth trying again later without anybody doing anything.
    package var isTransient: Bool {
        if case .unavailable = self { true } else { false }
    }

    /// A bounded name for metrics.
    package var label: String {
        switch self {
        case .unavailable: "unavailable"
        case .unauthorized: "unauthorized"
        case .unexpectedAnswer: "unexpected_answer"
        case .needsOwner: "needs_owner"
        case .refused: "refused"
        case .notFound: "not_found"
        case .tooLarge: "too_large"
        case .notAPicture: "not_a_picture"
        case .cancelled: "cancelled"
        }
    }
}

extension PhotoLibraryError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unavailable(let reason): "the photo library does not answer: \(reason)"
        case .unauthorized: "the photo library wants another key"
        case .unexpectedAnswer(let reason): "the photo library answered strangely: \(reason)"
        case .needsOwner(let reason): "the photo library waits for its owner: \(reason)"
        case .refused(let reason): "the photo library refused: \(reason)"
        case .notFound: "the picture is gone"
        case .tooLarge(let size): "the picture is too large" + (size.map { " (\($0) bytes)" } ?? "")
        case .notAPicture: "the file is no picture"
        case .cancelled: "the request was given up"
        }
    }
}
