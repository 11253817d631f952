/// One part of a form with files (`multipart/form-data`, RFC 7578), to be sent.
public struct MultipartPart: Sendable {
    /// Where the part's bytes come from.
    public enum Content: Sendable {
        /// Bytes in memory.
        case bytes([UInt8])
        /// A file that is read while it is sent, never loaded.
        case file(path: String)
    }

    /// The form field's name.
    public var name: String
    /// The name that the receiver sees for a file; nil for a plain field.
    public var fileName: String?
    /// The content's type; nil sends none, which means plain text.
    public var contentType: MediaType?
    /// The bytes.
    public var content: Content

    /// Makes a part.
    public init(name: String, fileName: String? = nil, contentType: MediaType? = nil, content: Content) {
        self.name = name
        self.fileName = fileName
        self.contentType = contentType
        self.content = content
    }

    /// A plain field.
    public static func field(_ name: String, _ value: String) -> MultipartPart {
        MultipartPart(name: name, content: .bytes(Array(value.utf8)))
    }

    /// A file from the disk; without a file name of its own it is sent under the path's last component.
    public static func file(
        _ name: String, path: String, fileName: String? = nil, contentType: MediaType? = nil
    ) -> MultipartPart {
        let shown = fileName ?? String(path.split(separator: "/").last ?? "file")
        return MultipartPart(
            name: name, fileName: shown, contentType: contentType ?? .forFileName(shown), content: .file(path: path))
    }

    /// A file from memory.
    public static func file(
        _ name: String, bytes: [UInt8], fileName: String, contentType: MediaType? = nil
    ) -> MultipartPart {
        MultipartPart(
            name: name, fileName: fileName, contentType: contentType ?? .forFileName(fileName), content: .bytes(bytes))
    }

    /// The value of the part's `Content-Disposition` field.
    ///
    /// Line breaks and quotes in names are escaped as `%0D`, `%0A` and `%22`, as browsers do (HTML standard,
    /// "multipart/form-data encoding algorithm"); everything else goes as UTF-8.
    public var disposition: String {
        var text = "form-data; name=\"\(Self.escapeName(name))\""
        if let fileName { text += "; filename=\"\(Self.escapeName(fileName))\"" }
        return text
    }

    /// Escapes what would end a quoted name or start a new line.
    public static func escapeName(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == 0x22 || $0 == 0x0D || $0 == 0x0A }) else { return name }
        var bytes: [UInt8] = []
        for byte in name.utf8 {
            switch byte {
            case 0x22: bytes += Array("%22".utf8)
            case 0x0D: bytes += Array("%0D".utf8)
            case 0x0A: bytes += Array("%0A".utf8)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
