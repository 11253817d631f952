/// Why a request has no answer.
///
/// A message names the host at most: paths, queries and header values can hold secrets (a bot's
/// token stands in its URL path), so no case carries them.
public enum HTTPClientError: Error, Sendable, Hashable {
    /// Which of the three time limits ran out.
    public enum Limit: String, Sendable, Hashable {
        /// The connection was not made in time.
        case connect
        /// The whole exchange was not over in time.
        case total
        /// No byte went either way for too long.
        case idle
    }

    /// The request cannot be sent as it is written; the reason names the part at fault.
    case invalidRequest(String)
    /// The host's name, or the proxy's, has no address.
    case unresolvedHost(String)
    /// No connection to the host, with the system's reason where it gave one.
    case connectionFailed(host: String, reason: String)
    /// The connection ended before the answer did.
    case connectionLost(host: String)
    /// The secure connection failed: a certificate that is not trusted, or a failed handshake.
    case tls(host: String, reason: String)
    /// The proxy refused or failed.
    case proxyFailed(reason: String)
    /// A time limit ran out.
    case timeout(Limit, host: String)
    /// The answer's body is longer than the request allows; the limit is in bytes.
    case tooLarge(limit: Int)
    /// The server sent on more often than the client follows.
    case tooManyRedirects(limit: Int)
    /// The server sent on to where the client does not follow.
    case redirectRefused(String)
    /// The server's answer is not HTTP, or breaks its rules.
    case protocolError(host: String, reason: String)
    /// The request's own body failed: a file that cannot be read, a stream that threw.
    case unreadableBody(String)
    /// The answer could not be written to the file.
    case unwritableFile(String)
    /// The task that asked was cancelled, or its stream was dropped.
    case cancelled
    /// The client is stopped.
    case stopped
    /// libcurl failed in a way that has no case of its own; the code is libcurl's.
    case fault(code: Int)
}

extension HTTPClientError {
    /// A name of the case from a fixed set, for metrics.
    public var label: String {
        switch self {
        case .invalidRequest: "invalid_request"
        case .unresolvedHost: "unresolved_host"
        case .connectionFailed: "connection_failed"
        case .connectionLost: "connection_lost"
        case .tls: "tls"
        case .proxyFailed: "proxy"
        case .timeout(let limit, _): "timeout_\(limit.rawValue)"
        case .tooLarge: "too_large"
        case .tooManyRedirects: "too_many_redirects"
        case .redirectRefused: "redirect_refused"
        case .protocolError: "protocol_error"
        case .unreadableBody: "unreadable_body"
        case .unwritableFile: "unwritable_file"
        case .cancelled: "cancelled"
        case .stopped: "stopped"
        case .fault: "fault"
        }
    }

    /// Whether the same request may succeed later without anybody changing anything.
    public var isTransient: Bool {
        switch self {
        case .unresolvedHost, .connectionFailed, .connectionLost, .timeout, .proxyFailed: true
        case .invalidRequest, .tls, .tooLarge, .tooManyRedirects, .redirectRefused, .protocolError, .unreadableBody,
            .unwritableFile, .cancelled, .stopped, .fault:
            false
        }
    }

    /// Whether no byte of the request can have reached the server, so that repeating it is safe.
    public var precedesSending: Bool {
        switch self {
        case .unresolvedHost, .connectionFailed, .timeout(.connect, _): true
        default: false
        }
    }
}

extension HTTPClientError: CustomStringConvertible {
    /// One line for a log: the host at most, never a path, a query or a header.
    public var description: String {
        switch self {
        case .invalidRequest(let reason): "the request is not valid: \(reason)"
        case .unresolvedHost(let host): "\(host) has no address"
        case .connectionFailed(let host, let reason): "no connection to \(host): \(reason)"
        case .connectionLost(let host): "the connection to \(host) ended before the answer did"
        case .tls(let host, let reason): "no secure connection to \(host): \(reason)"
        case .proxyFailed(let reason): "the proxy failed: \(reason)"
        case .timeout(.connect, let host): "no connection to \(host) in time"
        case .timeout(.total, let host): "no full answer from \(host) in time"
        case .timeout(.idle, let host): "\(host) went silent"
        case .tooLarge(let limit): "the answer is longer than \(limit) bytes"
        case .tooManyRedirects(let limit): "more than \(limit) redirects"
        case .redirectRefused(let reason): "the redirect was not followed: \(reason)"
        case .protocolError(let host, let reason): "\(host) broke the rules of HTTP: \(reason)"
        case .unreadableBody(let reason): "the request's body could not be read: \(reason)"
        case .unwritableFile(let reason): "the answer could not be saved: \(reason)"
        case .cancelled: "the request was cancelled"
        case .stopped: "the HTTP client is stopped"
        case .fault(let code): "libcurl failed with code \(code)"
        }
    }
}
