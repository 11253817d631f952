public import HTTP

/// A request as a handler sees it.
public struct ServerRequest: Sendable {
    /// The method.
    public var method: HTTPMethod
    /// Path and query exactly as they stood in the request line, nothing decoded.
    public let target: String
    /// The header fields.
    public var fields: HTTPFields
    /// What the matched route's `:name` and `*rest` stand for, decoded: the client's text, which may well say `../`.
    public var parameters: RouteParameters
    /// The content.
    public var body: RequestBody
    /// The address at the other end of the connection, without its port.
    public let remoteAddress: String
    let context: RequestContext

    /// Makes a request without a connection, for calling a responder directly.
    public init(
        method: HTTPMethod = .get, target: String, fields: HTTPFields = [:], body: [UInt8] = [],
        remoteAddress: String = "127.0.0.1"
    ) {
        self.init(
            method: method, target: target, fields: fields, body: RequestBody(bytes: body),
            remoteAddress: remoteAddress, context: RequestContext())
    }

    init(
        method: HTTPMethod, target: String, fields: HTTPFields, body: RequestBody, remoteAddress: String,
        context: RequestContext
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.parameters = RouteParameters()
        self.body = body
        self.remoteAddress = remoteAddress
        self.context = context
    }

    /// The path exactly as it stood in the request line, without the query.
    public var path: String { String(rawPath) }

    /// The path with its escapes undone; nil when they are malformed or not UTF-8.
    public var decodedPath: String? { Percent.decode(rawPath) }

    /// The query as it stood in the request line; nil without a question mark.
    public var rawQuery: String? {
        let bytes = target.utf8
        guard let mark = bytes.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        return String(Substring(bytes[bytes.index(after: mark)...]))
    }

    /// The decoded items of the query.
    public var query: QueryItems { rawQuery.map { QueryItems(parsing: $0) } ?? QueryItems() }

    /// A number that no other request of this process has, for finding its log records.
    public var id: UInt64 { context.id }

    /// The pattern of the route that matched, such as `/photos/:id`; nil before the router or where none did.
    public var route: String? { context.route }

    /// Calls `body` once when the response has been sent or given up; on a thread that must not be blocked.
    public func onCompletion(_ body: @escaping @Sendable (CompletedResponse) -> Void) { context.addHook(body) }

    var rawPath: Substring {
        let bytes = target.utf8
        return Substring(bytes[..<(bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex)])
    }
}
