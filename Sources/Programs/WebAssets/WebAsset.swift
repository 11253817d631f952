/// A file of a web page, ready to be served.
public struct WebAsset: Sendable, Equatable {
    /// The path below the page's folder, such as `index.html`.
    public let name: String
    /// The file's content.
    public let bytes: [UInt8]
    /// A strong entity tag with its quotes (RFC 9110 section 8.8.3), made from the content alone.
    public let entityTag: String

    /// Makes an asset, with the tag that its content asks for.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        entityTag = "\"\(String(Self.fingerprint(of: bytes), radix: 16))\""
    }

    /// FNV-1a, 64 bits: it tells versions of a file apart, and guards nothing.
    private static func fingerprint(of bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
