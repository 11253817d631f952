internal import HTTP

/// The content of a request, read once: collected, as a stream of chunks, or as a form.
///
/// A client is held back when the handler reads more slowly than it sends.
public struct RequestBody: Sendable {
    enum Source: Sendable {
        case bytes([UInt8])
        case stream(any BodySource)
    }

    let source: Source
    /// The most bytes that will be read; beyond it reading throws the error that answers 413.
    public var limit: Int

    init(bytes: [UInt8], limit: Int = .max) {
        source = .bytes(bytes)
        self.limit = limit
    }

    init(stream: any BodySource, limit: Int) {
        source = .stream(stream)
        self.limit = limit
    }

    /// The whole content; throws `HTTPError` 413 when it is longer than `maximum` or than `limit`.
    public func collect(upTo maximum: Int = .max) async throws -> [UInt8] {
        let maximum = min(maximum, limit)
        if case .bytes(let bytes) = source {
            guard bytes.count <= maximum else { throw HTTPError(.contentTooLarge) }
            return bytes
        }
        var collected: [UInt8] = []
        for try await chunk in chunks {
            guard collected.count + chunk.count <= maximum else { throw HTTPError(.contentTooLarge) }
            // A small content is one chunk, which need not be copied.
            if collected.isEmpty { collected = chunk } else { collected += chunk }
        }
        return collected
    }

    /// The content as text; bytes that are not UTF-8 answer 400.
    public func text(upTo maximum: Int = .max) async throws -> String {
        guard let text = String(validating: try await collect(upTo: maximum), as: UTF8.self) else {
            throw HTTPError(.badRequest, "the content is not UTF-8")
        }
        return text
    }

    /// The content piece by piece as it arrives.
    public var chunks: Chunks { Chunks(body: self) }

    /// The pieces of a request's content.
    public struct Chunks: AsyncSequence, Sendable {
        /// A piece is a list of bytes.
        public typealias Element = [UInt8]
        let body: RequestBody

        /// Starts reading.
        public func makeAsyncIterator() -> Iterator { Iterator(source: body.source, remaining: body.limit) }

        /// Reads one piece after the other.
        public struct Iterator: AsyncIteratorProtocol {
            var source: Source?
            var remaining: Int

            /// The next piece, nil at the end; throws when the client leaves or sends more than the limit.
            public mutating func next() async throws -> [UInt8]? {
                let chunk: [UInt8]
                switch source {
                case .none: return nil
                case .bytes(let bytes):
                    source = nil
                    if bytes.isEmpty { return nil }
                    chunk = bytes
                case .stream(let stream):
                    guard let next = try await stream.nextChunk() else {
                        source = nil
                        return nil
                    }
                    chunk = next
                }
                guard chunk.count <= remaining else { throw HTTPError(.contentTooLarge) }
                remaining -= chunk.count
                return chunk
            }
        }
    }
}

/// Where a request's content comes from.
protocol BodySource: Sendable {
    /// Some bytes that have not been read yet, nil at the end.
    func nextChunk() async throws -> [UInt8]?
}
