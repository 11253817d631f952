/// What a streamed answer holds of its transfer: the way to the bytes, and the duty to end it when nobody reads.
final class TransferLease: Sendable {
    private let transfer: Transfer
    private let channel: BodyChannel
    /// Held so that a client dropped while its answer is read does not end it.
    private let core: ClientCore

    init(_ transfer: Transfer, _ channel: BodyChannel, _ core: ClientCore) {
        self.transfer = transfer
        self.channel = channel
        self.core = core
    }

    deinit { cancel() }

    /// Ends the transfer if it still runs.
    func cancel() {
        if !channel.isOver { core.loop.cancel(transfer) }
    }

    /// Ends the transfer because of what it carries, and gives the error to throw.
    func refuse(_ reason: String) -> HTTPClientError {
        cancel()
        return .protocolError(host: transfer.host, reason: reason)
    }

    /// The next chunk, or nothing at the end.
    func next() async throws(HTTPClientError) -> [UInt8]? {
        while true {
            switch channel.read() {
            case .bytes(let bytes, let resumes):
                if resumes { core.loop.resume(transfer) }
                return bytes
            case .end: return nil
            case .failure(let error): throw error
            case .nothingYet:
                await withTaskCancellationHandler {
                    await channel.waitForChange()
                } onCancel: {
                    core.loop.cancel(transfer)
                }
            }
        }
    }
}
