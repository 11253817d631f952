public import HTTP

/// One request to a server.
public struct ClientRequest: Sendable {
    /// The method.
    public var method: HTTPMethod
    /// The absolute URL; its scheme is `http` or `https`.
    public var url: String
    /// The header fields.
    public var fields: HTTPFields
    /// What is sent.
    public var body: ClientBody
    /// The time limits where they differ from the client's.
    public var timeouts: Timeouts?
    /// The longest body accepted, in bytes after decompression, where it differs from the client's.
    public var maximumResponseBytes: Int?
    /// Whether a redirect is followed; if not, it is an answer like any other.
    public var followsRedirects: Bool
    /// When and how often the request is repeated.
    public var retry: RetryPolicy

    /// A request; only the method and the URL are needed.
    public init(
        _ method: HTTPMethod, _ url: String, fields: HTTPFields = [:], body: ClientBody = .none,
        timeouts: Timeouts? = nil, maximumResponseBytes: Int? = nil, followsRedirects: Bool = false,
        retry: RetryPolicy = .none
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
        self.timeouts = timeouts
        self.maximumResponseBytes = maximumResponseBytes
        self.followsRedirects = followsRedirects
        self.retry = retry
    }

    /// A GET request.
    public init(_ url: String, fields: HTTPFields = [:]) { self.init(.get, url, fields: fields) }

    /// Whether one attempt at one address is all.
    var isPlain: Bool { retry.maximumAttempts <= 1 && !followsRedirects }
}
