public import HTTP

/// An answer with its whole body.
public struct ClientResponse: Sendable {
    /// The status.
    public let status: HTTPStatus
    /// The header fields; with a decompressed body, `Content-Length` is that of the compressed one.
    public let fields: HTTPFields
    /// The body, decompressed.
    public let body: [UInt8]
    /// Where the answer came from: the request's URL, or the last redirect's.
    public let url: String
    /// The protocol's version as the answer names it, such as `HTTP/1.1` or `HTTP/2`.
    public let version: String

    /// The body as text; bytes that are not UTF-8 become replacement characters.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
