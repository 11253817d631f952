/// A response status (RFC 9110, section 15).
public struct HTTPStatus: RawRepresentable, Hashable, Sendable, CustomStringConvertible, ExpressibleByIntegerLiteral {
    /// The three-digit code.
    public let rawValue: Int

    /// Any status by its code.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Any status by its code.
    public init(_ code: Int) { rawValue = code }

    /// Any status by its code.
    public init(integerLiteral value: Int) { rawValue = value }

    /// The same as `rawValue`.
    public var code: Int { rawValue }

    /// Whether the code is 1xx: more is to come.
    public var isInformational: Bool { (100..<200).contains(rawValue) }
    /// Whether the code is 2xx.
    public var isSuccess: Bool { (200..<300).contains(rawValue) }
    /// Whether the code is 3xx.
    public var isRedirection: Bool { (300..<400).contains(rawValue) }
    /// Whether the code is 4xx: the request was at fault.
    public var isClientError: Bool { (400..<500).contains(rawValue) }
    /// Whether the code is 5xx: the server was at fault.
    public var isServerError: Bool { (500..<600).contains(rawValue) }

    /// Code and reason, such as `404 Not Found`.
    public var description: String { reason.isEmpty ? "\(rawValue)" : "\(rawValue) \(reason)" }
}

extension HTTPStatus {
    /// 100: send the content.
    public static let `continue` = HTTPStatus(100)
    /// 200.
    public static let ok = HTTPStatus(200)
    /// 201.
    public static let created = HTTPStatus(201)
    /// 202.
    public static let accepted = HTTPStatus(202)
    /// 204: done, and there is nothing to say.
    public static let noContent = HTTPStatus(204)
    /// 206: part of the content, as the request's range asked.
    public static let partialContent = HTTPStatus(206)
    /// 301.
    public static let movedPermanently = HTTPStatus(301)
    /// 302.
    public static let found = HTTPStatus(302)
    /// 303: look there with GET.
    public static let seeOther = HTTPStatus(303)
    /// 304: what the client has is current.
    public static let notModified = HTTPStatus(304)
    /// 307.
    public static let temporaryRedirect = HTTPStatus(307)
    /// 308.
    public static let permanentRedirect = HTTPStatus(308)
    /// 400.
    public static let badRequest = HTTPStatus(400)
    /// 401: credentials are missing or wrong.
    public static let unauthorized = HTTPStatus(401)
    /// 402.
    public static let paymentRequired = HTTPStatus(402)
    /// 403.
    public static let forbidden = HTTPStatus(403)
    /// 404.
    public static let notFound = HTTPStatus(404)
    /// 405: the resource exists and does not know this method.
    public static let methodNotAllowed = HTTPStatus(405)
    /// 406.
    public static let notAcceptable = HTTPStatus(406)
    /// 408.
    public static let requestTimeout = HTTPStatus(408)
    /// 409.
    public static let conflict = HTTPStatus(409)
    /// 410.
    public static let gone = HTTPStatus(410)
    /// 411.
    public static let lengthRequired = HTTPStatus(411)
    /// 412.
    public static let preconditionFailed = HTTPStatus(412)
    /// 413.
    public static let contentTooLarge = HTTPStatus(413)
    /// 414.
    public static let uriTooLong = HTTPStatus(414)
    /// 415.
    public static let unsupportedMediaType = HTTPStatus(415)
    /// 416: no part of the content lies in the range asked for.
    public static let rangeNotSatisfiable = HTTPStatus(416)
    /// 417.
    public static let expectationFailed = HTTPStatus(417)
    /// 422.
    public static let unprocessableContent = HTTPStatus(422)
    /// 425.
    public static let tooEarly = HTTPStatus(425)
    /// 429: slow down (RFC 6585).
    public static let tooManyRequests = HTTPStatus(429)
    /// 431: the request's fields are too large (RFC 6585).
    public static let fieldsTooLarge = HTTPStatus(431)
    /// 500.
    public static let internalServerError = HTTPStatus(500)
    /// 501.
    public static let notImplemented = HTTPStatus(501)
    /// 502.
    public static let badGateway = HTTPStatus(502)
    /// 503.
    public static let serviceUnavailable = HTTPStatus(503)
    /// 504.
    public static let gatewayTimeout = HTTPStatus(504)
    /// 505.
    public static let versionNotSupported = HTTPStatus(505)

    /// The standard reason phrase, empty for a code without one.
    public var reason: String {
        switch rawValue {
        case 100: "Continue"
        case 101: "Switching Protocols"
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 205: "Reset Content"
        case 206: "Partial Content"
        case 300: "Multiple Choices"
        case 301: "Moved Permanently"
        case 302: "Found"
        case 303: "See Other"
        case 304: "Not Modified"
        case 307: "Temporary Redirect"
        case 308: "Permanent Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 402: "Payment Required"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 407: "Proxy Authentication Required"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 425: "Too Early"
        case 426: "Upgrade Required"
        case 428: "Precondition Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: ""
        }
    }
}
