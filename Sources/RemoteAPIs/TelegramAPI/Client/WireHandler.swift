import HTTP
import HTTPClient
import JSON
import Support

/// The last handler: puts a call on the wire and turns the answer into a reply or an error.
struct WireHandler: Sendable {
    let token: Secret
    let baseURL: String
    let http: HTTPClient
    let logger: Logger
    let metrics: Metrics?

    func send(_ request: TelegramRequest) async throws(TelegramError) -> TelegramReply {
        let (contentType, body) = request.body()
        var fields: HTTPFields = [:]
        if let contentType { fields["Content-Type"] = contentType }
        let answer: ClientResponse
        do {
            answer = try await http.send(
                ClientRequest(
                    .post, "\(baseURL)/bot\(token.reveal())/\(request.method)", fields: fields, body: body,
                    timeouts: timeouts(request)))
        } catch {
            throw failed(request, .network(error))
        }
        if answer.status.rawValue < 300, let reply = TelegramReply(answer: answer.body) {
            logger.debug("call answered", ["method": .string(request.method)])
            count(request, "ok")
            return reply
        }
        throw failed(
            request,
            TelegramError(
                status: answer.status.rawValue, retryAfterField: answer.fields["Retry-After"], body: answer.body))
    }

    /// An upload lasts as long as its bytes flow; everything else has a limit.
    private func timeouts(_ request: TelegramRequest) -> Timeouts {
        if let timeout = request.timeout { return Timeouts(total: timeout, idle: timeout) }
        if request.method == GetUpdates.name {
            let poll = request.parameter("timeout")?.integerValue ?? 0
            let limit = Duration.seconds(poll) + TelegramClient.pollMargin
            return Timeouts(total: limit, idle: limit)
        }
        if !request.attachments.isEmpty { return Timeouts(total: nil, idle: TelegramClient.callTimeout) }
        return Timeouts(total: TelegramClient.callTimeout, idle: TelegramClient.callTimeout)
    }

    private func failed(_ request: TelegramRequest, _ error: TelegramError) -> TelegramError {
        logger.debug(
            "call failed", ["method": .string(request.method), "error": .string(error.description)])
        count(request, error.label)
        return error
    }

    private func count(_ request: TelegramRequest, _ outcome: String) {
        metrics?.counter(
            "telegram_calls_total", help: "Calls of the Bot API by method and outcome",
            labels: ["method": request.method, "outcome": outcome]
        ).increment()
    }
}
