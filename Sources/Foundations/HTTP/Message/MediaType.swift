/// A media type with its parameters, such as `text/html; charset=utf-8` (RFC 9110, section 8.3.1).
public struct MediaType: Sendable, Hashable, CustomStringConvertible {
    /// The part before the slash, in lower case.
    public var type: String
    /// The part after the slash, in lower case.
    public var subtype: String
    /// Parameters in order, names in lower case, values without quotes.
    public var parameters: [Parameter]

    /// A parameter of a media type.
    public struct Parameter: Sendable, Hashable {
        /// The name in lower case.
        public var name: String
        /// The value without quotes.
        public var value: String

        /// Makes a parameter.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Makes a media type.
    public init(_ type: String, _ subtype: String, _ parameters: [Parameter] = []) {
        self.type = type
        self.subtype = subtype
        self.parameters = parameters
    }

    /// Reads a `Content-Type` value; nil when there is no `type/subtype` at its start.
    public init?(parsing text: String) {
        var scanner = ParameterScanner(text)
        guard let head = scanner.head() else { return nil }
        let parts = head.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, HTTPFields.isValidName(String(parts[0])), HTTPFields.isValidName(String(parts[1]))
        else { return nil }
        type = String(parts[0]).asciiLowercased
        subtype = String(parts[1]).asciiLowercased
        parameters = []
        while let (name, value) = scanner.next() { parameters.append(Parameter(name, value)) }
    }

    /// Type and subtype without parameters.
    public var essence: String { "\(type)/\(subtype)" }

    /// The value of a parameter.
    public subscript(parameter name: String) -> String? {
        parameters.first { $0.name.equalsIgnoringASCIICase(name) }?.value
    }

    /// Whether type and subtype are the same, whatever the parameters.
    public func matches(_ other: MediaType) -> Bool { type == other.type && subtype == other.subtype }

    /// The value as it goes into `Content-Type`.
    public var description: String {
        parameters.reduce(essence) { text, parameter in
            let value = parameter.value
            let isToken = !value.isEmpty && value.utf8.allSatisfy(\.isTokenCharacter)
            return text + "; \(parameter.name)=" + (isToken ? value : quoted(value))
        }
    }

    private func quoted(_ value: String) -> String {
        var text = "\""
        for character in value.unicodeScalars {
            if character == "\"" || character == "\\" { text.append("\\") }
            text.unicodeScalars.append(character)
        }
        return text + "\""
    }
}

extension MediaType {
    /// Bytes of unknown meaning.
    public static let octets = MediaType("application", "octet-stream")
    /// JSON; its encoding is UTF-8 by definition (RFC 8259).
    public static let json = MediaType("application", "json")
    /// Plain text in UTF-8.
    public static let text = MediaType("text", "plain", [Parameter("charset", "utf-8")])
    /// HTML in UTF-8.
    public static let html = MediaType("text", "html", [Parameter("charset", "utf-8")])
    /// A form's fields in the query's encoding.
    public static let form = MediaType("application", "x-www-form-urlencoded")
    /// A form with files; needs the parameter `boundary`.
    public static let multipart = MediaType("multipart", "form-data")
    /// Server-sent events.
    public static let events = MediaType("text", "event-stream")

    /// The type that a file name's extension stands for; `application/octet-stream` for an unknown one.
    public static func forFileName(_ name: String) -> MediaType {
        guard let dot = name.lastIndex(of: ".") else { return .octets }
        let utf8 = [Parameter("charset", "utf-8")]
        switch String(name[name.index(after: dot)...]).asciiLowercased {
        case "html", "htm": return .html
        case "css": return MediaType("text", "css", utf8)
        case "js", "mjs": return MediaType("text", "javascript", utf8)
        case "json", "map": return .json
        case "txt", "log": return .text
        case "md": return MediaType("text", "markdown", utf8)
        case "csv": return MediaType("text", "csv", utf8)
        case "xml": return MediaType("application", "xml")
        case "yml", "yaml": return MediaType("application", "yaml")
        case "svg": return MediaType("image", "svg+xml")
        case "png": return MediaType("image", "png")
        case "jpg", "jpeg": return MediaType("image", "jpeg")
        case "gif": return MediaType("image", "gif")
        case "webp": return MediaType("image", "webp")
        case "avif": return MediaType("image", "avif")
        case "heic": return MediaType("image", "heic")
        case "bmp": return MediaType("image", "bmp")
        case "tif", "tiff": return MediaType("image", "tiff")
        case "ico": return MediaType("image", "x-icon")
        case "mp4", "m4v": return MediaType("video", "mp4")
        case "mov": return MediaType("video", "quicktime")
        case "webm": return MediaType("video", "webm")
        case "mkv": return MediaType("video", "x-matroska")
        case "mp3": return MediaType("audio", "mpeg")
        case "m4a": return MediaType("audio", "mp4")
        case "ogg", "oga", "opus": return MediaType("audio", "ogg")
        case "wav": return MediaType("audio", "wav")
        case "flac": return MediaType("audio", "flac")
        case "pdf": return MediaType("application", "pdf")
        case "zip": return MediaType("application", "zip")
        case "gz": return MediaType("application", "gzip")
        case "tar": return MediaType("application", "x-tar")
        case "wasm": return MediaType("application", "wasm")
        case "woff2": return MediaType("font", "woff2")
        case "woff": return MediaType("font", "woff")
        case "torrent": return MediaType("application", "x-bittorrent")
        case "tgs": return MediaType("application", "x-tgsticker")
        default: return .octets
        }
    }
}
