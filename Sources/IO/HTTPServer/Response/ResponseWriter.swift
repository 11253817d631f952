public import HTTP

/// Writes a streamed body; each write waits while the client has not taken the earlier ones.
public struct ResponseWriter: Sendable {
    let exchange: Exchange

    /// Sends bytes; throws `CancellationError` when the client has left or the server stops.
    public func write(_ bytes: [UInt8]) async throws { try await exchange.write(bytes) }

    /// Sends text as UTF-8.
    public func write(_ text: String) async throws { try await write(Array(text.utf8)) }

    /// Sends a server-sent event.
    public func write(_ event: ServerSentEvent) async throws { try await write(event.encoded()) }

    /// Sends a comment, which clients ignore, so that proxies see life and a lost client is found.
    public func keepAlive() async throws { try await write(ServerSentEvent.comment()) }
}
