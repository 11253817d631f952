import HTTP

/// The lines of a body as they arrive, as text without their line ends.
public struct ResponseLines: AsyncSequence, Sendable {
    /// A line.
    public typealias Element = String
    /// What reading throws.
    public typealias Failure = HTTPClientError

    let body: ResponseBody
    let limit: Int

    /// Reads the lines.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let lease: TransferLease
        private var splitter: LineSplitter
        private var ready = ArraySlice<String>()
        private var isAtEnd = false

        init(_ lease: TransferLease, limit: Int) {
            self.lease = lease
            splitter = LineSplitter(limit: limit)
        }

        /// The next line, or nothing at the end.
        public mutating func next() async throws(HTTPClientError) -> String? {
            while ready.isEmpty, !isAtEnd {
                if let chunk = try await lease.next() {
                    do throws(LineSplitter.LineTooLong) {
                        ready = try splitter.lines(in: chunk)[...]
                    } catch {
                        throw lease.refuse("a line is too long")
                    }
                } else {
                    isAtEnd = true
                    if let last = splitter.finish() { ready = [last] }
                }
            }
            return ready.popFirst()
        }

        /// The next line, or nothing at the end, on the given actor.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(HTTPClientError) -> String? {
            try await next()
        }
    }

    /// Starts reading.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body.lease, limit: limit) }
}

extension ResponseBody {
    /// The body as lines; a line longer than a megabyte ends the stream with an error.
    public var lines: ResponseLines { ResponseLines(body: self, limit: 1 << 20) }
}
