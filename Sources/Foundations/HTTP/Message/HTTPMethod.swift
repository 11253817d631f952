/// A request method (RFC 9110, section 9); the name is case-sensitive.
public struct HTTPMethod: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The name as it goes over the wire.
    public let rawValue: String

    /// Any method by its name, also one that this type has no constant for.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Reads a resource.
    public static let get = HTTPMethod(rawValue: "GET")
    /// Reads a resource's fields without its content.
    public static let head = HTTPMethod(rawValue: "HEAD")
    /// Has the resource process the content.
    public static let post = HTTPMethod(rawValue: "POST")
    /// Replaces the resource with the content.
    public static let put = HTTPMethod(rawValue: "PUT")
    /// Removes the resource.
    public static let delete = HTTPMethod(rawValue: "DELETE")
    /// Changes part of the resource (RFC 5789).
    public static let patch = HTTPMethod(rawValue: "PATCH")
    /// Asks what the resource can do.
    public static let options = HTTPMethod(rawValue: "OPTIONS")

    /// The name.
    public var description: String { rawValue }

    /// Whether repeating the request has the same effect as sending it once (RFC 9110, section 9.2.2).
    public var isIdempotent: Bool {
        switch rawValue {
        case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE": true
        default: false
        }
    }
}
