/// How long a request may take; nothing means no limit.
public struct Timeouts: Sendable, Hashable {
    /// The time to find the host and connect, the TLS handshake included.
    public var connect: Duration?
    /// The time from the call to the last byte of the answer, waiting for a free connection included.
    ///
    /// Bytes that keep coming do not extend it; each attempt and each redirect has it to itself.
    public var total: Duration?
    /// The longest silence of the server while the client waits for it.
    public var idle: Duration?

    /// Limits for one request, or for all requests of a client.
    public init(
        connect: Duration? = .seconds(10), total: Duration? = .seconds(60), idle: Duration? = .seconds(30)
    ) {
        self.connect = connect
        self.total = total
        self.idle = idle
    }

    /// For answers that last: no total limit, a minute of silence at most.
    public static let streaming = Timeouts(total: nil, idle: .seconds(60))
}
