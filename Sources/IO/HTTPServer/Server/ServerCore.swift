internal import CMicroHTTPD
internal import HTTP
import Support
import Synchronization

/// What all connections of a server share.
final class ServerCore: Sendable {
    private struct Registry {
        var isAborting = false
        var exchanges: [ObjectIdentifier: Exchange] = [:]
        var onEmpty: CheckedContinuation<Void, Never>?
    }

    let configuration: HTTPServer.Configuration
    let responder: any Responder
    let logger: Logger
    let isDraining = Atomic<Bool>(false)
    private let nextLink = Atomic<UInt64>(1)
    /// Requests whose first line is there and that the library is not done with.
    private let underWay = Atomic<Int>(0)
    private let registry = Mutex(Registry())

    init(configuration: HTTPServer.Configuration, responder: any Responder, logger: Logger) {
        self.configuration = configuration
        self.responder = responder
        self.logger = logger
    }

    func makeLink(address: String, socket: Int32) -> Link {
        let patience = configuration.receiveTimeout.map {
            ReceivePatience(receive: $0, idle: .seconds(configuration.idleSeconds))
        }
        return Link(
            id: nextLink.wrappingAdd(1, ordering: .relaxed).oldValue, address: address, socket: socket,
            patience: patience)
    }

    // MARK: Exchanges that have slept, and may have to be woken

    /// Notes an exchange that is about to be suspended; false when the server is closing its connections.
    func register(_ exchange: Exchange) -> Bool {
        registry.withLock { registry in
            if registry.isAborting { return false }
            registry.exchanges[ObjectIdentifier(exchange)] = exchange
            return true
        }
    }

    func deregister(_ exchange: Exchange) {
        registry.withLock { _ = $0.exchanges.removeValue(forKey: ObjectIdentifier(exchange)) }
    }

    // MARK: Requests under way

    func began() { underWay.add(1, ordering: .sequentiallyConsistent) }

    func ended() {
        underWay.subtract(1, ordering: .sequentiallyConsistent)
        guard isDraining.load(ordering: .sequentiallyConsistent) else { return }
        registry.withLock { isIdle ? $0.onEmpty.take() : nil }?.resume()
    }

    private var isIdle: Bool { underWay.load(ordering: .sequentiallyConsistent) == 0 }

    var runningCount: Int { registry.withLock { $0.exchanges.count } }

    /// Ends the streams that have no end of their own.
    func endEndlessStreams() {
        let exchanges = registry.withLock { Array($0.exchanges.values) }
        for exchange in exchanges where exchange.state.withLock({ $0.response?.endsOnStop == true }) {
            exchange.finishOutput(complete: true)
            exchange.cancelTask()
        }
    }

    /// Returns when no request is under way in a server that drains; the task's cancellation ends the wait.
    func waitUntilIdle() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = registry.withLock { registry in
                    if isIdle || Task.isCancelled { return true }
                    registry.onEmpty = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            registry.withLock { $0.onEmpty.take() }?.resume()
        }
    }

    /// Cuts every exchange; from here on none is suspended.
    func abortAll() {
        let exchanges = registry.withLock { registry in
            registry.isAborting = true
            return Array(registry.exchanges.values)
        }
        for exchange in exchanges { exchange.cut(.aborted) }
    }

    /// Ends the exchanges whose handler had its time.
    func sweep() {
        let now = ContinuousClock.now
        let exchanges = registry.withLock { Array($0.exchanges.values) }
        for exchange in exchanges {
            let isLate = exchange.state.withLock { ($0.deadline.map { $0 <= now } ?? false) && $0.response == nil }
            if isLate { exchange.expire() }
        }
    }

    // MARK: Answers to failures

    func answer(to error: HTTPError) -> ServerResponse {
        var response = configuration.errorResponse(error)
        for field in error.fields { response.fields.append(field.name, field.value) }
        return response
    }

    func answer(to error: any Error, request: ServerRequest) -> ServerResponse {
        switch error {
        case let error as HTTPError: return answer(to: error)
        // The client left, or the server stops: nobody waits for an answer.
        case is CancellationError: return .abort
        default:
            logger.error(
                "handler failed",
                [
                    "request": .integer(request.id), "method": .string(request.method.rawValue),
                    "route": .string(request.route ?? "none"), "error": .string(String(reflecting: error)),
                ])
            return answer(to: HTTPError(.internalServerError))
        }
    }

    func logCutStream(_ error: any Error, request: ServerRequest) {
        if error is CancellationError { return }
        logger.error(
            "stream failed",
            [
                "request": .integer(request.id), "route": .string(request.route ?? "none"),
                "error": .string(String(reflecting: error)),
            ])
    }
}
