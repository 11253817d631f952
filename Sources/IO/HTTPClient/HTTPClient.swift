public import Support

/// Sends HTTP requests, many at once, over pooled connections.
///
/// One thread runs all transfers of a client. TLS certificates are always verified; only `http`
/// and `https` are spoken; nothing is taken from the environment.
public final class HTTPClient: Sendable {
    private let core: ClientCore
    private let time: any TimeSource
    private let randomness: @Sendable () -> Double

    /// Makes a client; its thread starts with the first request.
    ///
    /// - Parameters:
    ///   - time: the clock of the pauses between attempts.
    ///   - randomness: a number from 0 up to 1 for the jitter of those pauses.
    public init(
        _ configuration: Configuration = .init(), logger: Logger = .disabled, time: any TimeSource = SystemTime(),
        randomness: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        guard let loop = TransferLoop(configuration) else { preconditionFailure("libcurl cannot be initialised") }
        core = ClientCore(configuration, logger, loop)
        self.time = time
        self.randomness = randomness
    }

    /// Sends a request and collects the answer, whatever its status.
    public func send(_ request: ClientRequest) async throws(HTTPClientError) -> ClientResponse {
        guard request.isPlain else {
            return try await exchange.run(request) { [core] attempt throws(HTTPClientError) in
                try await core.collect(attempt)
            }
        }
        return try await core.collect(request)
    }

    /// Sends a request and returns as soon as the head of the answer is there; the body is read from it.
    public func stream(_ request: ClientRequest) async throws(HTTPClientError) -> StreamedResponse {
        guard request.isPlain else {
            return try await exchange.run(request) { [core] attempt throws(HTTPClientError) in
                try await core.open(attempt)
            }
        }
        return try await core.open(request)
    }

    private var exchange: Exchange { Exchange(core: core, time: time, randomness: randomness) }

    /// Refuses new requests with ``HTTPClientError/stopped``, and ends those that run after the limit.
    public func stop(draining limit: Duration = .zero) async {
        await core.loop.stop(draining: limit)
    }
}
