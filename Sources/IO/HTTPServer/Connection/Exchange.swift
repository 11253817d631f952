internal import CMicroHTTPD
internal import HTTP
import Synchronization

/// One request and its answer, between libmicrohttpd's callbacks and the handler's task.
///
/// The callbacks run on a thread of the library, one at a time for one exchange. Whenever there is nothing to do
/// for it, the connection is suspended, under the lock, so that whoever brings something can resume it.
final class Exchange: Sendable, BodySource {
    /// What the library is told after a callback.
    enum Verdict {
        case proceed
        case close
        case answer(ServerResponse)
    }

    struct State {
        var head: ServerRequest?
        var isHeadSeen = false
        var hasBody = false
        var waitsBeforeContinue = false
        var isStarted = false
        var response: ServerResponse?
        var isQueued = false
        var isSuspended = false
        var isRegistered = false
        var cut: CompletedResponse.Outcome?
        var isCancelled = false
        var lingering: Int?
        var deadline: ContinuousClock.Instant?
        var task: Task<Void, Never>?
        var isTaskOver = false
        var incoming = IncomingBody()
        var outgoing = OutgoingBody()
        var status: HTTPStatus?
        var bodyBytes = 0
        var isFinished = false
    }

    let core: ServerCore
    let link: Link
    let handle: ConnectionHandle
    let target: String
    let context = RequestContext()
    let start = ContinuousClock.now
    let state = Mutex(State())

    init(core: ServerCore, link: Link, handle: ConnectionHandle, target: String) {
        self.core = core
        self.link = link
        self.handle = handle
        self.target = target
    }

    // MARK: What the library brings

    /// The head is there, some content is there, or it is over; `consumed` is how much of `upload` was taken.
    func advance(method: HTTPMethod, upload: UnsafeRawBufferPointer, consumed: inout Int) -> Verdict {
        if unsafe upload.isEmpty {
            return state.withLock({ $0.isHeadSeen }) ? contentIsOver() : headArrived(method: method)
        }
        return unsafe contentArrived(upload, consumed: &consumed)
    }

    private func headArrived(method: HTTPMethod) -> Verdict {
        let fields = RequestHead.fields(of: handle)
        let limits = core.configuration
        let declared = fields.contentLength
        let isChunked = fields.contains("Transfer-Encoding")
        let hasBody = isChunked || (declared ?? 0) > 0
        let expectsContinue = hasBody && fields.hasToken("100-continue", in: "Expect")
        let body =
            hasBody ? RequestBody(stream: self, limit: limits.maximumBodyBytes) : RequestBody(bytes: [])
        let request = ServerRequest(
            method: method, target: target, fields: fields, body: body, remoteAddress: link.address, context: context)

        var refusal: HTTPError?
        if RequestHead.size(of: handle) > limits.maximumHeaderBytes {
            refusal = HTTPError(.fieldsTooLarge)
        } else if let fault = RequestHead.framingFault(in: fields) {
            refusal = fault
        } else if let declared, declared > limits.maximumBodyBytes {
            refusal = HTTPError(.contentTooLarge)
        }
        state.withLock { state in
            state.isHeadSeen = true
            state.hasBody = hasBody
            state.head = request
            if let refusal {
                state.response = core.answer(to: refusal).closingConnection()
                state.isStarted = true
                state.isTaskOver = true
                state.incoming.discard()
            }
        }
        guard hasBody else { return .proceed }
        // A content without a known end may never come: its refusal does not wait for it.
        guard expectsContinue else { return refusal != nil && declared == nil ? answerEarly() ?? .proceed : .proceed }
        if refusal == nil {
            state.withLock { $0.waitsBeforeContinue = true }
            startHandler()
        }
        return answerOrSuspend()
    }

    private func contentArrived(_ bytes: UnsafeRawBufferPointer, consumed: inout Int) -> Verdict {
        let mustStart = state.withLock { state in
            // Small contents are collected first: then the handler never has to wait for them.
            !state.isStarted
                && ((state.head?.fields.contentLength).map { $0 > IncomingBody.capacity } ?? true)
        }
        if mustStart { startHandler() }
        let (verdict, reader) = state.withLock { state -> (Verdict, CheckedContinuation<Void, Never>?) in
            if state.cut != nil { return (.close, nil) }
            if state.response != nil, !state.incoming.isDiscarded {
                state.incoming.discard()
                link.mustFinish()
            }
            if state.incoming.room == 0 {
                return (suspend(&state), nil)
            }
            consumed = unsafe state.incoming.take(bytes)
            // The library offers what was left only after a resumption, or when more arrives.
            let verdict = consumed < bytes.count ? suspend(&state) : .proceed
            return (verdict, state.incoming.reader.take())
        }
        reader?.resume()
        return answerEarly() ?? verdict
    }

    private func contentIsOver() -> Verdict {
        let (mustStart, reader) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
            if state.waitsBeforeContinue {
                return (false, nil)
            }
            state.incoming.end()
            return (!state.isStarted, state.incoming.reader.take())
        }
        reader?.resume()
        if mustStart { startHandler() }
        if link.hasLeft, state.withLock({ $0.hasBody && !$0.waitsBeforeContinue }) { cancelTask() }
        return answerOrSuspend()
    }

    /// The answer if there is one; else the connection sleeps until somebody brings it.
    private func answerOrSuspend() -> Verdict {
        state.withLock { state in
            if state.cut != nil || state.lingering != nil { return .close }
            if let response = state.response {
                state.isQueued = true
                return .answer(response)
            }
            if state.waitsBeforeContinue, state.incoming.isWanted {
                state.waitsBeforeContinue = false
                return .proceed
            }
            return suspend(&state)
        }
    }

    /// An answer that is ready while much content is still to come is written at once, and the connection closed.
    ///
    /// The library can answer only before or after the content. What still comes is read for a while and thrown
    /// away, since closing with unread bytes would destroy the answer on its way (RFC 9112, section 9.6).
    private func answerEarly() -> Verdict? {
        let early = state.withLock { state -> ServerResponse? in
            guard state.lingering == nil, let response = state.response, case .bytes = response.body else { return nil }
            let expected = (state.head?.fields.contentLength).map { $0 - state.incoming.received }
            if let expected, expected <= IncomingBody.capacity { return nil }
            state.lingering = state.incoming.received
            state.status = response.status
            return response
        }
        if let early {
            link.mustFinish()
            EarlyAnswer.send(early, to: handle.socket)
        }
        return state.withLock { state in
            guard let since = state.lingering else { return nil }
            return state.incoming.received - since > core.configuration.lingeringBytes ? .close : nil
        }
    }

    /// Lays the connection to sleep; call it under the lock, from a callback of the library.
    func suspend(_ state: inout State) -> Verdict {
        guard enroll(&state) else { return .close }
        state.isSuspended = true
        handle.suspend()
        return .proceed
    }

    /// Lets the server know of an exchange that it may have to wake; false where there is nothing to wait for.
    func enroll(_ state: inout State) -> Bool {
        if state.cut != nil { return false }
        if !state.isRegistered { state.isRegistered = core.register(self) }
        return state.isRegistered
    }

    /// Wakes the connection if it sleeps; call it after every change that the library has to see.
    func wake() {
        let mustResume = state.withLock { state in
            defer { state.isSuspended = false }
            return state.isSuspended
        }
        if mustResume { handle.resume() }
    }

    // MARK: The handler's task

    private func startHandler() {
        let request = state.withLock { state -> ServerRequest? in
            state.isStarted = true
            state.deadline = core.configuration.handlerTimeout.map { start.advanced(by: $0) }
            return state.head
        }
        guard let request else { return }
        link.hasDelivered()
        // Runs here and now until it has to wait: most handlers answer without a change of thread.
        let task = Task.immediate { await self.run(request) }
        let mustCancel = state.withLock { state in
            if !state.isTaskOver { state.task = task }
            return state.isCancelled
        }
        if mustCancel { task.cancel() }
    }

    private func run(_ request: ServerRequest) async {
        let response: ServerResponse
        do {
            response = try await core.responder.respond(to: request)
        } catch {
            response = core.answer(to: error, request: request)
        }
        let isDelivered = deliver(response)
        if isDelivered, case .stream(_, let producer) = response.body, request.method != .head {
            do {
                try await producer(ResponseWriter(exchange: self))
                finishOutput(complete: true)
            } catch {
                core.logCutStream(error, request: request)
                finishOutput(complete: false)
            }
        }
        state.withLock { state in
            state.isTaskOver = true
            state.task = nil
        }
    }

    /// Hands over the answer unless there is one already; returns whether it will be sent.
    @discardableResult func deliver(_ response: ServerResponse) -> Bool {
        let isFirst = state.withLock { state in
            guard state.response == nil, state.cut == nil, !state.isFinished else { return false }
            state.response = response
            state.deadline = nil
            if case .abort = response.body { state.cut = .aborted }
            return true
        }
        wake()
        return isFirst
    }

    func cancelTask() {
        let task = state.withLock { state in
            state.isCancelled = true
            return state.task
        }
        task?.cancel()
    }

    // MARK: Endings

    /// Gives the exchange up: the handler is cancelled, the connection closed.
    func cut(_ outcome: CompletedResponse.Outcome) {
        let (reader, writer) = state.withLock { state in
            state.cut = state.cut ?? outcome
            state.outgoing.finish(complete: false)
            return (state.incoming.reader.take(), state.outgoing.writer.take())
        }
        cancelTask()
        reader?.resume()
        writer?.resume()
        wake()
    }

    /// The client has closed its side of the connection, or the connection broke.
    func clientLeft(isBroken: Bool) {
        if isBroken { return cut(.clientLeft) }
        let mustCancel = state.withLock { $0.isStarted && (!$0.hasBody || $0.incoming.isOver) }
        if mustCancel { cancelTask() }
    }

    /// The handler had its time: the client gets 503 if it has nothing yet.
    func expire() {
        // The answer first: a handler that ends by its cancellation would have the connection closed without one.
        deliver(core.answer(to: HTTPError(.serviceUnavailable, "the request took too long")).closingConnection())
        cancelTask()
    }

    /// The library is done with the request.
    func completed(_ code: MHD_RequestTerminationCode) {
        // The request holds its content, which is read through this exchange, and the writer of a streamed answer may
        // hold the request: circles to be broken. What a writer holds is let go outside the lock.
        let (reader, writer, completion, wasRegistered, _) = state.withLock { state in
            let ending: CompletedResponse.Outcome =
                switch code {
                case .REQUEST_TERMINATED_COMPLETED_OK: .completed
                case .REQUEST_TERMINATED_TIMEOUT_REACHED: .timedOut
                case .REQUEST_TERMINATED_DAEMON_SHUTDOWN: .aborted
                default: .clientLeft
                }
            let outcome = state.cut ?? (state.lingering != nil ? .completed : ending)
            let completion = CompletedResponse(
                status: state.status, bytes: state.bodyBytes + state.outgoing.sent, duration: start.duration(to: .now),
                outcome: outcome)
            if state.cut == nil, ending != .completed { state.cut = ending }
            let isIncomplete = state.cut != nil
            state.isFinished = true
            state.incoming.discard()
            state.head = nil
            if isIncomplete { state.outgoing.finish(complete: false) }
            return (
                state.incoming.reader.take(), state.outgoing.writer.take(), completion, state.isRegistered,
                state.response.take()
            )
        }
        reader?.resume()
        writer?.resume()
        if completion.outcome != .completed { cancelTask() }
        if wasRegistered { core.deregister(self) }
        core.ended()
        link.end()
        context.complete(completion)
    }
}
