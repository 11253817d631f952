public import HTTP

/// The server-sent events of a body as they arrive.
public struct ResponseEvents: AsyncSequence, Sendable {
    /// An event.
    public typealias Element = ServerSentEvent
    /// What reading throws.
    public typealias Failure = HTTPClientError

    let body: ResponseBody

    /// Reads the events.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let lease: TransferLease
        private var parser = ServerSentEventParser()
        private var ready = ArraySlice<ServerSentEvent>()

        init(_ lease: TransferLease) { self.lease = lease }

        /// The next event, or nothing at the end; an event cut off by the end is dropped, as the standard wants.
        public mutating func next() async throws(HTTPClientError) -> ServerSentEvent? {
            while ready.isEmpty, let chunk = try await lease.next() {
                do throws(LineSplitter.LineTooLong) {
                    ready = try parser.events(in: chunk)[...]
                } catch {
                    throw lease.refuse("an event has a line that is too long")
                }
            }
            return ready.popFirst()
        }

        /// The next event, or nothing at the end, on the given actor.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(HTTPClientError) -> ServerSentEvent? {
            try await next()
        }
    }

    /// Starts reading.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body.lease) }
}

extension ResponseBody {
    /// The body as server-sent events (`text/event-stream`).
    public var serverSentEvents: ResponseEvents { ResponseEvents(body: self) }
}
