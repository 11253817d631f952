internal import HTTP
internal import HTTPClient
internal import Support
import Synchronization

/// Delivers the updates of one bot to its webhook, from the moment it is set until it is another.
final class WebhookDeliverer: Sendable {
    static let readTimeout: Duration = .seconds(60)
    /// A webhook that has answered 410 for so many seconds is removed.
    static let patience: Int64 = 23 * 3600

    /// Methods, besides those that ask for something, that an answer cannot call.
    private static let unanswered: Set = ["setwebhook", "deletewebhook", "close", "logout"]

    private struct State {
        var schedule = WebhookSchedule()
        var goneSince: Int64?
        var isRetired = false
    }

    private let bot: Int64
    private unowned let service: Service
    private let state = Mutex(State())

    init(bot: Int64, service: Service) {
        self.bot = bot
        self.service = service
    }

    /// Begins no more deliveries: another takes its place.
    func retire() { state.withLock { $0.isRetired = true } }

    /// Starts the deliveries that are possible now.
    func wake() {
        let now = service.milliseconds
        let found = service.look { [bot] world -> (Webhook, [UpdateQueue.Entry])? in
            guard let webhook = world.bots[bot]?.webhook, let queue = world.queues[bot] else { return nil }
            let ready = self.state.withLock { state -> [UpdateQueue.Entry] in
                if state.isRetired { return [] }
                return state.schedule.begin(queue, limit: webhook.maximumConnections, now: now)
            }
            return (webhook, ready)
        }
        guard let (webhook, ready) = found else { return }
        for entry in ready { service.tasks.start { [self] in await deliver(entry, to: webhook) } }
    }

    private func deliver(_ entry: UpdateQueue.Entry, to webhook: Webhook) async {
        if entry.expires <= service.milliseconds / 1000 { return finish(entry, reply: nil) }
        var fields: HTTPFields = ["Content-Type": "application/json", "Accept-Encoding": "gzip, deflate"]
        // What a bot has been told must not be forgotten by a restart.
        await service.settled()
        if let secret = webhook.secret { fields["X-Telegram-Bot-Api-Secret-Token"] = secret }
        var request = ClientRequest(.post, service.address(of: webhook.url), fields: fields, body: .bytes(entry.body))
        let patience = service.webhookPatience
        request.timeouts = Timeouts(connect: .seconds(10), total: patience, idle: patience)
        request.followsRedirects = false
        do throws(HTTPClientError) {
            let response = try await service.http.send(request)
            note(entry, status: response.status.rawValue, error: nil)
            if response.status.isSuccess {
                state.withLock { $0.goneSince = nil }
                finish(entry, reply: await reply(in: response))
            } else {
                if response.status.rawValue == 410 {
                    if isGoneForGood() { return }
                } else {
                    state.withLock { $0.goneSince = nil }
                }
                await fail(
                    entry, "Wrong response from the webhook: \(response.status.rawValue) \(response.status.reason)",
                    retryAfter: response.fields["Retry-After"].flatMap { Int64($0) })
            }
        } catch {
            let reason = Self.reason(error)
            note(entry, status: nil, error: reason)
            await fail(entry, reason, retryAfter: nil)
        }
    }

    /// A failure in the service's words.
    private static func reason(_ error: HTTPClientError) -> String {
        switch error {
        case .timeout(.connect, _): "Connection timed out"
        case .timeout: "Read timeout expired"
        case .connectionFailed(_, let reason): reason
        case .unresolvedHost: "Failed to resolve host: No address associated with hostname"
        case .tls(_, let reason): "SSL error: \(reason)"
        default: "Webhook connection closed"
        }
    }

    private func note(_ entry: UpdateQueue.Entry, status: Int?, error: String?) {
        service.note(
            LogEntry(
                at: service.milliseconds, kind: .webhook, bot: bot, body: entry.body, status: status, error: error))
    }

    /// The update was taken, or is too old for anybody.
    private func finish(_ entry: UpdateQueue.Entry, reply: Call?) {
        remove(entry)
        if let reply {
            // The result of a method given in an answer is not reported to anybody but the log.
            let outcome: (body: [UInt8], status: Int)
            do throws(APIError) {
                let answer = try service.turn { (world) throws(APIError) in try MethodTable.run(&world, reply) }
                outcome = (answer.body, 200)
            } catch {
                outcome = (error.body, error.code)
            }
            service.note(
                LogEntry(
                    at: service.milliseconds, kind: .call, bot: bot,
                    method: MethodTable.documented[reply.method] ?? reply.method, arguments: reply.arguments,
                    body: outcome.body, status: outcome.status))
        }
        // Only now may the next one of the lane go: what the answer called has happened.
        state.withLock { $0.schedule.succeeded(entry.lane) }
        wake()
    }

    private func remove(_ entry: UpdateQueue.Entry) {
        // Removing an update has no refusal.
        try? service.turn { [bot] (world) throws(APIError) in
            world.queues[bot]?.remove(entry.id)
            world.changed(.update(bot, entry.id))
        }
    }

    private func fail(_ entry: UpdateQueue.Entry, _ reason: String, retryAfter: Int64?) async {
        // What becomes of an address that has been replaced is nobody's business.
        if state.withLock({ $0.isRetired }) { return }
        let now = service.milliseconds
        // Noting an error has no refusal.
        try? service.turn { [bot] (world) throws(APIError) in
            let date = world.now
            world.editBot(bot) { bot in
                bot.webhook?.lastErrorDate = date
                bot.webhook?.lastError = reason
            }
        }
        let ceiling = Self.ceiling(of: entry.id)
        let wait = state.withLock {
            $0.schedule.failed(entry.lane, retryAfter: retryAfter, ceiling: ceiling, now: now)
        }
        if now + wait >= entry.expires * 1000, wait > 0 {
            // Its next attempt would come too late for anybody.
            remove(entry)
            state.withLock { $0.schedule.gaveUp(entry.lane) }
        } else if wait > 0 {
            guard (try? await service.time.sleep(for: .milliseconds(wait))) != nil else { return }
        }
        wake()
    }

    /// The longest wait between two attempts at an update, in seconds: dealt, so that not all come at once.
    static func ceiling(of update: Int64) -> Int64 { 60 + Int64(Dealer.mix(UInt64(bitPattern: update)) % 61) }

    /// Whether the address has said long enough that it is gone; then the webhook is removed.
    private func isGoneForGood() -> Bool {
        let now = service.milliseconds / 1000
        let since = state.withLock { state in
            state.goneSince = state.goneSince ?? now
            return state.goneSince ?? now
        }
        guard now - since > Self.patience, !state.withLock({ $0.isRetired }) else { return false }
        // Removing a webhook has no refusal.
        try? service.turn { [bot, service] (world) throws(APIError) in
            world.editBot(bot) { $0.webhook = nil }
            service.forgetDeliveries(of: bot)
        }
        return true
    }

    /// The call that an answer's body makes.
    private func reply(in response: ClientResponse) async -> Call? {
        guard !response.body.isEmpty, let type = response.fields["Content-Type"] else { return nil }
        var arguments = Arguments()
        if type.names("multipart/form-data"), let boundary = MultipartReader.boundary(type) {
            var stream = MultipartStream(boundary: boundary)
            var collector = PartCollector(store: service.files, maximumUpload: RequestReader.maximumParameters * 50)
            // A file that cannot be stored is as one that was not sent.
            try? stream.take(response.body) { try collector.take($0, into: &arguments) }
        } else if type.names("application/json") {
            arguments.add(json: response.body)
        } else if type.names("application/x-www-form-urlencoded") {
            arguments.add(form: String(decoding: response.body, as: UTF8.self))
        }
        let method = arguments["method"].lowercased()
        guard !method.isEmpty, !method.hasPrefix("get"), !Self.unanswered.contains(method) else { return nil }
        var call = Call(bot: bot, method: method, arguments: arguments)
        do {
            let isLocal = service.look { $0.options.isLocal }
            call.prepared = try await FilePreparation(store: service.files, http: service.http, isLocal: isLocal)
                .prepare(arguments, method: method)
        } catch {
            service.logger.error("a file could not be stored", ["error": .string("\(error)")])
        }
        return call
    }
}
