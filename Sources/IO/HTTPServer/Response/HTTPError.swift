public import HTTP

/// A failure that the client is told of: a status and a line that it may read.
public struct HTTPError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The status of the answer.
    public var status: HTTPStatus
    /// What the client reads; it must not tell of the server's insides.
    public var message: String
    /// Further fields of the answer, such as `Retry-After`.
    public var fields: HTTPFields

    /// Makes a failure; without a message the status's reason serves.
    public init(_ status: HTTPStatus, _ message: String? = nil, fields: HTTPFields = [:]) {
        self.status = status
        self.message = message ?? status.reason
        self.fields = fields
    }

    /// One line for a log.
    public var description: String { "\(status.rawValue) \(message)" }
}
