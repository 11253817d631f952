import HTTP
import Support

/// What a client and its open answers share; the last of them to go stops the loop.
final class ClientCore: Sendable {
    let configuration: HTTPClient.Configuration
    let logger: Logger
    let loop: TransferLoop

    init(_ configuration: HTTPClient.Configuration, _ logger: Logger, _ loop: TransferLoop) {
        self.configuration = configuration
        self.logger = logger
        self.loop = loop
    }

    deinit { loop.abandon() }

    /// Sends a request once and collects the answer.
    func collect(_ request: ClientRequest) async throws(HTTPClientError) -> ClientResponse {
        let limit = request.maximumResponseBytes ?? configuration.maximumResponseBytes
        let transfer = try makeTransfer(request, maximumBytes: limit, channel: nil)
        switch await run(transfer) {
        case .collected(let bytes, let body):
            let head = ResponseHead(bytes)
            return ClientResponse(
                status: head.status, fields: head.fields, body: body, url: request.url, version: head.version)
        case .failed(let error): throw error
        case .streaming: throw .fault(code: 0)
        }
    }

    /// Sends a request once and returns as soon as the head of the answer is there.
    func open(_ request: ClientRequest) async throws(HTTPClientError) -> StreamedResponse {
        let channel = BodyChannel()
        let transfer = try makeTransfer(request, maximumBytes: request.maximumResponseBytes, channel: channel)
        let lease = TransferLease(transfer, channel, self)
        switch await run(transfer) {
        case .streaming(let bytes):
            let head = ResponseHead(bytes)
            return StreamedResponse(
                status: head.status, fields: head.fields, url: request.url, version: head.version,
                body: ResponseBody(lease: lease))
        case .failed(let error): throw error
        case .collected: throw .fault(code: 0)
        }
    }

    private func makeTransfer(
        _ request: ClientRequest, maximumBytes: Int?, channel: BodyChannel?
    ) throws(HTTPClientError) -> Transfer {
        guard let easy = loop.takeHandle() else { throw .fault(code: 0) }
        let transfer = Transfer(
            easy: easy, url: request.url, timeouts: request.timeouts ?? configuration.timeouts,
            maximumBytes: maximumBytes, channel: channel, clock: loop.clock,
            startedAt: TransferLoop.now)
        try transfer.prepare(request, configuration)
        return transfer
    }

    private func run(_ transfer: Transfer) async -> Transfer.Outcome {
        if let pipe = transfer.pipe {
            transfer.pump = Task { [loop] in
                await pipe.pump { loop.resume(transfer) }
            }
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                transfer.completion = continuation
                loop.start(transfer)
            }
        } onCancel: {
            loop.cancel(transfer)
        }
    }
}
