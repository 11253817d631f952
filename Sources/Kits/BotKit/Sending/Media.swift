public import Markup
public import TelegramAPI

/// A file to send, and the name under which Telegram's copy of it is remembered.
///
/// A file with a key is uploaded once: later the `file_id` of the first upload is sent, and `source` is not asked.
public struct Media: Sendable {
    /// The name of these bytes in the bot's own terms; another content needs another key.
    public let key: String?
    let source: @Sendable () async throws -> InputFile

    /// A file that is at hand.
    public init(_ file: InputFile, key: String? = nil) {
        self.key = key
        source = { file }
    }

    /// A file that is fetched only where Telegram does not have it yet.
    public init(key: String, _ source: @escaping @Sendable () async throws -> InputFile) {
        self.key = key
        self.source = source
    }
}

/// How a file is shown; a `file_id` belongs to one of them.
public enum MediaKind: String, Sendable, CaseIterable {
    case photo
    case video
    case animation
    case document
    case audio
    case voice
}

/// What the sender knows of a film; Telegram's apps lay it out by that before it is loaded.
public struct ClipFacts: Sendable, Hashable {
    /// Its length in whole seconds.
    public var seconds: Int?
    /// Width in pixels.
    public var width: Int?
    /// Height in pixels.
    public var height: Int?

    /// What is known; nil for what is not.
    public init(seconds: Int? = nil, width: Int? = nil, height: Int? = nil) {
        self.seconds = seconds
        self.width = width
        self.height = height
    }
}

/// A file of an album.
public struct AlbumItem: Sendable {
    /// `photo`, `video`, `document` or `audio`; the last two only among themselves.
    public var kind: MediaKind
    /// The file.
    public var media: Media
    /// The text below it; Telegram shows it under the album where only one file has one.
    public var caption: FormattedText?
    /// What is known of a film.
    public var facts: ClipFacts

    /// A file of an album.
    public init(
        _ kind: MediaKind = .photo, _ media: Media, caption: FormattedText? = nil, facts: ClipFacts = ClipFacts()
    ) {
        self.kind = kind
        self.media = media
        self.caption = caption
        self.facts = facts
    }
}
