import Glibc

/// Why a server could not start.
public struct ServerStartError: Error, Sendable, CustomStringConvertible {
    /// What was being tried, such as `listen on 127.0.0.1:8080`.
    public let step: String
    /// The system's error number.
    public let code: Int32

    /// One line for a log.
    public var description: String { "cannot \(step): \(unsafe String(cString: strerror(code)))" }
}
