public import HTTP

/// What a request carries.
public enum ClientBody: Sendable {
    /// Nothing.
    case none
    /// Bytes in memory.
    case bytes([UInt8])
    /// A file, read while it is sent.
    case file(path: String)
    /// Chunks as they come, with the length in bytes where it is known.
    case stream(length: Int?, ByteStream)
    /// A `multipart/form-data` form; its file parts are read while they are sent.
    case multipart([MultipartPart])
}

extension ClientBody {
    /// Text in UTF-8.
    public static func text(_ text: String) -> ClientBody { .bytes(Array(text.utf8)) }

    /// Whether the body can be sent a second time.
    var isRepeatable: Bool {
        switch self {
        case .none, .bytes, .file, .multipart: true
        case .stream: false
        }
    }
}
