public import HTTP

/// An answer whose body is still on its way.
///
/// Dropping the response, or cancelling the task that reads it, ends the transfer.
public struct StreamedResponse: Sendable {
    /// The status.
    public let status: HTTPStatus
    /// The header fields.
    public let fields: HTTPFields
    /// Where the answer comes from: the request's URL, or the last redirect's.
    public let url: String
    /// The protocol's version as the answer names it, such as `HTTP/1.1` or `HTTP/2`.
    public let version: String
    /// The body, to be read once.
    public let body: ResponseBody
}
