internal import HTTP
internal import HTTPServer
internal import Support

/// `/bot<token>/<method>` and `/file/bot<token>/<path>`.
struct BotAPI: Sendable {
    let service: Service
    let reader: RequestReader

    /// Answers a request whose path starts with `/bot`.
    func respond(_ request: ServerRequest, path: String) async -> ServerResponse {
        let arguments: Arguments
        do {
            arguments = try await reader.read(request)
        } catch let refusal as BareStatus {
            return Self.response(refusal)
        } catch {
            return Self.response(BareStatus(status: .badRequest))
        }
        // `/bot<token>/<method>`, or with `/test` between for the other data centre.
        let parts = path.dropFirst("/bot".count).split(separator: "/", omittingEmptySubsequences: false)
        guard let token = parts.first, parts.count >= 2 else { return Self.response(.notFound) }
        var rest = parts.dropFirst()
        if rest.first == "test", rest.count > 1 { rest = rest.dropFirst() }
        // Further slashes belong to the name of a method that nobody knows.
        let name = rest.joined(separator: "/")
        let method = (name.isEmpty ? arguments["method"] : name).lowercased()
        return await call(String(token), method, arguments)
    }

    private func call(_ token: String, _ method: String, _ arguments: Arguments) async -> ServerResponse {
        let start = service.time.uptime
        let bot: Int64
        do throws(APIError) {
            if let known = service.look({ $0.known(token: token) }) {
                bot = known
            } else {
                bot = try service.turn { (world) throws(APIError) in try world.bot(token: token) }
            }
        } catch {
            return Self.response(error)
        }
        let fault = service.faults.take(method, bot: bot, chat: arguments["chat_id"])
        let entry = { @Sendable (response: ServerResponse) in
            self.entry(bot, method, arguments, response, start)
        }
        if let fault, let response = await early(fault) {
            service.note(entry(response))
            return response
        }
        let response: ServerResponse
        var isNoted = false
        do throws(APIError) {
            response = Self.response(try await answer(bot, method, arguments, entry, &isNoted))
        } catch {
            response = Self.response(error)
        }
        if !isNoted { service.note(entry(response)) }
        return fault?.kind == .lost ? Self.cut : response
    }

    private func answer(
        _ bot: Int64, _ method: String, _ arguments: Arguments,
        _ entry: @Sendable (ServerResponse) -> LogEntry, _ isNoted: inout Bool
    ) async throws(APIError) -> Answer {
        var call = Call(bot: bot, method: method, arguments: arguments)
        if method == "getupdates" { return try await service.getUpdates(call) }
        if method == "setwebhook" { return try await service.setWebhook(call) }
        if method == "deletewebhook" { return try service.deleteWebhook(call) }
        if MethodTable.handlers[method] != nil {
            do {
                let isLocal = service.look { $0.options.isLocal }
                call.prepared = try await FilePreparation(store: service.files, http: service.http, isLocal: isLocal)
                    .prepare(arguments, method: method)
            } catch {
                service.logger.error("a file could not be stored", ["error": .string("\(error)")])
                throw .exact(500, "Internal Server Error: can't store a file")
            }
        }
        let ready = call
        isNoted = true
        // Noted in the turn itself, so that whoever sees what the call did finds it in the log.
        let answer = try service.turn { (world) throws(APIError) in
            try MethodTable.run(&world, ready)
        } afterwards: { result, world in
            switch result {
            case .success(let answer): service.note(entry(Self.response(answer)), world)
            case .failure(let error): service.note(entry(Self.response(error)), world)
            }
        }
        if method == "logout" { service.terminatePoll(of: bot, .loggedOut) }
        if method == "close" { service.terminatePoll(of: bot, .cancelled) }
        return answer
    }

    private func early(_ fault: Fault) async -> ServerResponse? {
        switch fault.kind {
        case .flood: return Self.response(.flood(max(1, Int(fault.seconds.rounded(.up)))))
        case .error: return Self.response(.exact(fault.code, fault.description))
        case .html:
            let page = "<html>\r\n<head><title>\(fault.code) Bad Gateway</title></head>\r\n<body></body>\r\n</html>\r\n"
            return .bytes(Array(page.utf8), type: "text/html", status: HTTPStatus(fault.code))
        case .empty: return .empty(HTTPStatus(fault.code))
        case .garbled: return .bytes(Array(#"{"ok":true,"result":{"message_id":"#.utf8), type: "application/json")
        case .cut: return Self.cut
        case .slow:
            // A caller that leaves ends the wait.
            try? await service.time.sleep(for: .milliseconds(Int64(fault.seconds * 1000)))
            return nil
        case .lost: return nil
        }
    }

    private func entry(
        _ bot: Int64, _ method: String, _ arguments: Arguments, _ response: ServerResponse, _ start: Duration
    ) -> LogEntry {
        var body: [UInt8] = []
        if case .bytes(let bytes) = response.body { body = bytes }
        let took = service.time.uptime - start
        let name = MethodTable.documented[method] ?? method
        return LogEntry(
            at: service.milliseconds, kind: .call, bot: bot, method: name, arguments: arguments, body: body,
            status: response.status.rawValue,
            milliseconds: Double(took.components.seconds) * 1000 + Double(took.components.attoseconds) / 1e15)
    }

    // MARK: Files

    /// Answers a request whose path starts with `/file/bot`.
    func file(_ path: String) -> ServerResponse {
        let rest = path.dropFirst("/file/bot".count)
        guard let slash = rest.firstIndex(of: "/") else { return Self.response(.notFound) }
        let token = String(rest[..<slash])
        let name = String(rest[rest.index(after: slash)...])
        let found = service.look { world -> StoredFile? in
            guard world.tokens[token] != nil, let number = world.filePaths[name] else { return nil }
            return world.files[number]
        }
        guard let found else { return Self.response(.notFound) }
        return .file(path: service.files.path(found.diskName), type: .octets)
    }

    // MARK: Answers

    /// An answer that ends before its body: a connection closed without one would be repeated by some clients unasked.
    static let cut = ServerResponse.bytes(Array("{}".utf8), type: "application/json").truncated(after: 1)

    static func response(_ refusal: BareStatus) -> ServerResponse {
        ServerResponse.empty(refusal.status).closingConnection()
    }

    static func response(_ answer: Answer) -> ServerResponse { .bytes(answer.body, type: "application/json") }

    static func response(_ error: APIError) -> ServerResponse {
        var response = ServerResponse.bytes(error.body, type: "application/json", status: HTTPStatus(error.code))
        if let seconds = error.retryAfter { response.fields["Retry-After"] = "\(seconds)" }
        return response
    }
}
