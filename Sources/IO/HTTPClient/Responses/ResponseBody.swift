/// A body as it arrives, decompressed; it is read once, by one task.
///
/// The client holds at most a few hundred kilobytes that nobody has asked for yet, then the
/// server has to wait. A connection that ends too early throws; it never looks like the end.
public struct ResponseBody: AsyncSequence, Sendable {
    /// A chunk of bytes, never empty.
    public typealias Element = [UInt8]
    /// What reading throws.
    public typealias Failure = HTTPClientError

    let lease: TransferLease

    /// Reads the chunks.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let lease: TransferLease

        /// The next chunk, or nothing at the end.
        public mutating func next() async throws(HTTPClientError) -> [UInt8]? {
            try await lease.next()
        }

        /// The next chunk, or nothing at the end, on the given actor.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(HTTPClientError) -> [UInt8]? {
            try await lease.next()
        }
    }

    /// Starts reading.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(lease: lease) }
}

extension ResponseBody {
    /// The whole rest of the body.
    ///
    /// Throws ``HTTPClientError/tooLarge(limit:)`` if it is longer than the limit, in bytes.
    public func collect(upTo limit: Int) async throws(HTTPClientError) -> [UInt8] {
        var bytes: [UInt8] = []
        while let chunk = try await lease.next() {
            guard bytes.count + chunk.count <= limit else {
                lease.cancel()
                throw .tooLarge(limit: limit)
            }
            bytes.append(contentsOf: chunk)
        }
        return bytes
    }
}
