/// A file to send: one that Telegram has or can fetch, or one of ours to upload.
public enum InputFile: Hashable, Sendable, TelegramEncodable {
    /// A file that Telegram has, by `file_id`.
    case id(String)
    /// A file that Telegram fetches: at most 5 MB for photos and 20 MB for the rest.
    case url(String)
    /// A file on disk, streamed while it is sent; `name` is the name that the receiver sees.
    case path(String, name: String? = nil)
    /// A file in memory.
    case bytes([UInt8], name: String)

    /// Writes the id or URL, or attaches the file and writes its place.
    public func encode(into writer: inout ParameterWriter) {
        switch self {
        case .id(let text), .url(let text): writer.string(text)
        case .path(let path, let name):
            writer.attach(
                .path(path),
                name: name ?? String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]))
        case .bytes(let bytes, let name): writer.attach(.bytes(bytes), name: name)
        }
    }
}

/// A file that travels beside a method's parameters.
public struct Attachment: Hashable, Sendable {
    /// The name of the part, which parameters refer to as `attach://name`.
    public let part: String
    /// The file's name as the receiver sees it.
    public let fileName: String
    /// Where the file comes from.
    public let source: Source

    /// Where an attachment's bytes come from.
    public enum Source: Hashable, Sendable {
        /// A file on disk.
        case path(String)
        /// Memory.
        case bytes([UInt8])
    }
}
