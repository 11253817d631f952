/// Bytes that arrive over time, to be sent as they come.
///
/// It is read once, so a request with such a body is never repeated.
public struct ByteStream: Sendable {
    let pump: @Sendable (_ send: @Sendable ([UInt8]) async throws -> Void) async throws -> Void

    /// A stream over a sequence of chunks; what it throws ends the request.
    public init<Chunks: AsyncSequence & Sendable>(_ chunks: Chunks) where Chunks.Element == [UInt8] {
        pump = { send in
            for try await chunk in chunks { try await send(chunk) }
        }
    }
}
