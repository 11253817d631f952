internal import HTTP
internal import HTTPServer
internal import Support

/// The control API below `/sim`: what a person does on the page, as HTTP calls.
struct ControlAPI: Sendable {
    typealias Action = @Sendable (inout World, Arguments) throws(APIError) -> Answer

    let service: Service
    let reader: RequestReader
    let hosts: Set<String>
    let advance: (@Sendable (Duration) -> Void)?
    let pristine: @Sendable () -> World

    func register(in router: inout Router) {
        router.group("/sim", middleware: [ControlGuard(hosts: hosts)]) { group in
            for (name, action) in ControlActions.all + AppActions.all { group.post("/\(name)", acting(action)) }
            for (name, view) in ControlViews.all + AppActions.views { group.get("/\(name)", viewing(view)) }
            group.get("/chats/:chat/messages", viewing(ControlViews.messages))
            group.get("/chats/:chat/members", viewing(ControlViews.members))
            group.post("/messages") { try await post($0) }
            group.post("/photo") { try await setPhoto($0) }
            group.post("/choose-inline") { try await choose($0) }
            group.post("/press") { try await press($0) }
            group.post("/pay") { try await pay($0) }
            group.get("/files/:file") { try file($0) }
            group.get("/log") { log($0) }
            group.get("/events") { EventStream(service: service).respond($0) }
            group.get("/coverage") { Coverage.respond($0) }
            group.post("/clock/advance") { try await advanceClock($0) }
            group.post("/faults") { try await fault($0) }
            group.get("/faults") { _ in Self.response(Self.list(service.faults.waiting)) }
            group.post("/snapshot") { try await snapshot($0) }
            group.post("/restore") { try await restore($0) }
            group.post("/webhook-map") { try await mapWebhook($0) }
            group.post("/faults/clear") { _ in
                service.faults.clear()
                return Self.response(Self.ok)
            }
            group.post("/reset") { _ in try reset() }
        }
    }

    static let ok = Answer(Array(#"{"ok":true}"#.utf8))

    static func response(_ answer: Answer) -> ServerResponse {
        var response = ServerResponse.bytes(answer.result, type: "application/json")
        response.fields["Cache-Control"] = "no-store"
        return response
    }

    private func read(_ request: ServerRequest) async throws -> Arguments {
        do {
            var arguments = try await reader.read(request)
            // A page need not name the type of its JSON.
            if arguments.values.isEmpty, arguments.files.isEmpty, request.fields["Content-Type"] == nil {
                arguments.add(json: try await request.body.collect(upTo: RequestReader.maximumParameters))
            }
            return arguments
        } catch let refusal as BareStatus {
            throw HTTPError(refusal.status)
        }
    }

    private func acting(_ action: @escaping Action) -> RequestHandler {
        { request in
            let arguments = try await read(request)
            return run { (world) throws(APIError) in try action(&world, arguments) }
        }
    }

    private func viewing(_ view: @escaping ControlViews.View) -> RequestHandler {
        { request in
            var arguments = Arguments()
            if let chat = request.parameters["chat"] { arguments.add("chat", chat) }
            if let query = request.rawQuery { arguments.add(form: query) }
            let last = service.hub.enable()
            let ready = arguments
            return run { (world) throws(APIError) in try view(world, ready, last) }
        }
    }

    private func run(_ body: (inout World) throws(APIError) -> Answer) -> ServerResponse {
        do throws(APIError) {
            return Self.response(try service.turn(body))
        } catch {
            return ControlRefusal.response(error)
        }
    }

    // MARK: Messages with files

    private func post(_ request: ServerRequest) async throws -> ServerResponse {
        let arguments = try await read(request)
        var prepared: PreparedFile?
        var kind = Media.Kind.document
        if let upload = arguments.files.first?.value {
            kind = Self.kind(arguments["kind"], upload)
            prepared = try await FilePreparation.measure(
                diskName: upload.path, size: upload.size, name: upload.name, type: upload.type, isPhoto: kind == .photo,
                makesThumbnail: false, in: service.files)
        }
        let file = prepared
        let chosen = kind
        return run { (world) throws(APIError) in
            let user = try world.person(arguments)
            let key = try world.chat(arguments, of: user)
            let content = try Self.content(arguments, file, chosen, &world)
            let reply = arguments.has("reply_to") ? Int(clamping: arguments.int64("reply_to")) : nil
            let album = arguments["album"].isEmpty ? nil : String(arguments["album"].prefix(32))
            let name = arguments.has("as") ? arguments.int64("as") : nil
            let message = try world.say(
                content, by: user, in: key, reply: reply, album: album, as: name,
                thread: arguments.has("thread") ? Int(clamping: arguments.int64("thread")) : nil)
            return ControlViews.answer(message, in: key, for: user, world)
        }
    }

    /// Gives a person another photo; without a file all of them go.
    private func setPhoto(_ request: ServerRequest) async throws -> ServerResponse {
        let arguments = try await read(request)
        var prepared: PreparedFile?
        if let upload = arguments.files.first?.value {
            prepared = try await FilePreparation.measure(
                diskName: upload.path, size: upload.size, name: upload.name, type: upload.type, isPhoto: true,
                makesThumbnail: false, in: service.files)
        }
        let file = prepared
        return run { (world) throws(APIError) in
            let user = try world.person(arguments)
            let photo = try file.map { (file) throws(APIError) in try world.media(.photo, file) }
            guard var account = world.accounts[user] else { throw ControlRefusal.missing("user") }
            if let photo {
                world.remember(photo)
                account.photos = [photo] + (account.photos ?? [])
            } else {
                account.photos = nil
            }
            world.store(account)
            return Self.ok
        }
    }

    private static func kind(_ name: String, _ upload: Upload) -> Media.Kind {
        if let kind = Media.Kind(rawValue: name) { return kind }
        let type = upload.type ?? MediaType.forFileName(upload.name).essence
        switch type.split(separator: "/").first {
        case "image": return type == "image/gif" ? .animation : .photo
        case "video": return .video
        case "audio": return .audio
        default: return .document
        }
    }

    private static func content(
        _ arguments: Arguments, _ file: PreparedFile?, _ kind: Media.Kind, _ world: inout World
    ) throws(APIError) -> Content {
        if let file {
            let caption = TextCleaner.clean(
                FormattedText(text: arguments["text"], entities: TextArgument.list(arguments.json("entities"))))
            var media: Media
            do throws(APIError) {
                media = try world.media(kind, file)
            } catch {
                // What is no photo goes as a file, as the apps do it.
                media = try world.media(.document, file)
            }
            if let duration = Int(arguments["duration"]) { media.duration = duration }
            world.remember(media)
            return .media(media, caption: caption, isAbove: false, isSpoiler: arguments.bool("spoiler"))
        }
        if let place = arguments.json("location"), let latitude = place["latitude"]?.double,
            let longitude = place["longitude"]?.double
        {
            return .location(latitude: latitude, longitude: longitude)
        }
        if let contact = arguments.json("contact"), contact.isObject {
            return .contact(
                phone: contact["phone"]?.scalar ?? contact["phone_number"]?.scalar ?? "",
                firstName: contact["first_name"]?.string ?? "", lastName: contact["last_name"]?.string, user: nil)
        }
        if !arguments["dice"].isEmpty {
            let emoji = ["true", "1"].contains(arguments["dice"]) ? "🎲" : arguments["dice"]
            guard let throwing = SendDice.thrown(emoji, in: &world) else {
                throw ControlRefusal.bad("this emoji is no dice")
            }
            return throwing
        }
        return .text(try World.typed(arguments["text"], arguments.json("entities")))
    }

    // MARK: Presses and payments

    private func press(_ request: ServerRequest) async throws -> ServerResponse {
        let arguments = try await read(request)
        let service = service
        return run { (world) throws(APIError) in
            let user = try world.person(arguments)
            let result = try world.press(arguments, by: user)
            switch result {
            case .query(let id):
                expireCallback(id)
                return .writing { $0.object { $0.field("query", id) } }
            case .url(let url): return .writing { $0.object { $0.field("url", url) } }
            case .copied(let text): return .writing { $0.object { $0.field("copied", text) } }
            case .inline(let text, let chat):
                return .writing { writer in
                    writer.object { writer in
                        writer.field("inline", text)
                        writer.field("chat", chat)
                    }
                }
            case .message(let key, let message): return ControlViews.answer(message, in: key, for: user, world)
            case .pay:
                let query = try world.pay(arguments, by: user)
                expireCheckout(query, service)
                return .writing { $0.object { $0.field("query", query) } }
            }
        }
    }

    private func pay(_ request: ServerRequest) async throws -> ServerResponse {
        let arguments = try await read(request)
        let service = service
        return run { (world) throws(APIError) in
            let user = try world.person(arguments)
            let query = try world.pay(arguments, by: user)
            expireCheckout(query, service)
            return .writing { $0.object { $0.field("query", query) } }
        }
    }

    /// Tells the page when a press will not be answered any more.
    private func expireCallback(_ id: String) {
        let service = service
        guard service.hub.isEnabled else { return }
        service.tasks.start {
            guard (try? await service.time.sleep(for: .seconds(UpdateKind.callbackQuery.lifetime))) != nil else {
                return
            }
            // Forgetting has no refusal.
            try? service.turn { (world) throws(APIError) in
                guard let query = world.pending.callbacks.removeValue(forKey: id) else { return }
                let data = WireWriter.bytes { writer in
                    writer.object { writer in
                        writer.field("query", id)
                        writer.field("expired", true)
                    }
                }
                world.effects.events.append(.personal("callback_answer", user: query.user, data))
            }
        }
    }

    private func expireCheckout(_ id: String, _ service: Service) {
        service.tasks.start {
            guard (try? await service.time.sleep(for: .seconds(10))) != nil else { return }
            // Forgetting has no refusal.
            try? service.turn { (world) throws(APIError) in world.expireCheckout(id) }
        }
    }

    private func choose(_ request: ServerRequest) async throws -> ServerResponse {
        let arguments = try await read(request)
        let found = service.look { world -> JSONNode? in
            world.pending.inline[arguments["query"]]?.results.first { $0["id"]?.scalar == arguments["result"] }
        }
        guard let found else { return ControlRefusal.response(ControlRefusal.missing("result")) }
        var prepared: [String: PreparedFile] = [:]
        if let link = AnswerInlineQuery.link(of: found) {
            var fetch = Arguments()
            fetch.add("photo", link)
            fetch.add("document", link)
            let method = found["type"]?.string == "photo" ? "sendphoto" : "senddocument"
            prepared["result"] = try await FilePreparation(store: service.files, http: service.http)
                .prepare(fetch, method: method)[link]
        }
        let files = prepared
        return run { (world) throws(APIError) in
            let user = try world.person(arguments)
            let key = try world.chat(arguments, of: user)
            guard let query = world.pending.inline[arguments["query"]], query.expires > world.now else {
                throw ControlRefusal.missing("query")
            }
            let message = try world.choose(found, of: query, by: user, in: key, prepared: files)
            return ControlViews.answer(message, in: key, for: user, world)
        }
    }

    // MARK: Files and log

    private func file(_ request: ServerRequest) throws -> ServerResponse {
        let id = request.parameters["file"] ?? ""
        let found = service.look { world in world.file(unique: id) }
        guard let found else { return ControlRefusal.response(ControlRefusal.missing("file")) }
        let type = found.type.flatMap { MediaType(parsing: $0) } ?? .octets
        // Markup from a bot or a person must not run under this origin.
        let isSafe = ["image", "video", "audio"].contains(type.type) && type.subtype != "svg+xml"
        var response = ServerResponse.file(path: service.files.path(found.diskName), type: isSafe ? type : .octets)
        response.fields["Cache-Control"] = "private, max-age=31536000, immutable"
        response.fields["X-Content-Type-Options"] = "nosniff"
        response.fields["Content-Security-Policy"] = "default-src 'none'; sandbox"
        if let name = request.query["name"] ?? (isSafe ? nil : found.name ?? "file") {
            response.fields["Content-Disposition"] =
                "attachment; filename*=utf-8''\(Percent.encode(name, for: .queryComponent))"
        }
        return response
    }

    private func log(_ request: ServerRequest) -> ServerResponse {
        let after = request.query["after"].flatMap { Int64($0) } ?? 0
        let limit = min(1000, max(1, request.query["limit"].flatMap { Int($0) } ?? 200))
        let body = service.look { world in
            // Read between turns: a call whose effect was seen is among them.
            let entries = service.log.entries(after: after, limit: limit)
            return WireWriter.bytes { writer in
                writer.object { writer in
                    writer.field("entries", entries) { $1.write(in: world, to: &$0) }
                }
            }
        }
        return Self.response(Answer(body))
    }

    // MARK: Clock, faults, reset

    private func advanceClock(_ request: ServerRequest) async throws -> ServerResponse {
        let arguments = try await read(request)
        guard let advance else {
            return ControlRefusal.response(ControlRefusal.conflict("the simulator runs on the real clock"))
        }
        let seconds = Double(arguments["seconds"]) ?? 0
        guard seconds >= 0, seconds < 1e9 else {
            return ControlRefusal.response(ControlRefusal.bad("seconds must be zero or more"))
        }
        advance(.milliseconds(Int64(seconds * 1000)))
        return run { (world) throws(APIError) in
            let now = world.now
            return .writing { $0.object { $0.field("now", now) } }
        }
    }

    private func fault(_ request: ServerRequest) async throws -> ServerResponse {
        let arguments = try await read(request)
        guard let kind = Fault.Kind(rawValue: arguments["kind"]) else {
            return ControlRefusal.response(
                ControlRefusal.bad("kind must be flood, error, html, empty, garbled, cut, slow or lost"))
        }
        let method = arguments["method"].isEmpty ? "*" : arguments["method"].lowercased()
        let code = arguments.has("code") ? Int(clamping: arguments.int64("code")) : kind == .error ? 500 : 502
        var fault = Fault(
            method: method, kind: kind, count: Int(arguments.integer("count", default: 1, in: 1...1_000_000)),
            seconds: Double(arguments["seconds"]) ?? 1, code: code,
            description: arguments["description"].isEmpty ? "Internal Server Error" : arguments["description"])
        if !arguments["token"].isEmpty {
            guard let bot = service.look({ $0.tokens[arguments["token"]] }) else {
                return ControlRefusal.response(ControlRefusal.missing("bot"))
            }
            fault.bot = bot
        }
        fault.skip = Int(arguments.integer("skip", in: 0...1_000_000))
        if arguments.has("chat") { fault.chat = arguments["chat"] }
        service.faults.add(fault)
        return Self.response(Self.ok)
    }

    private static func list(_ faults: [Fault]) -> Answer {
        .writing { writer in
            writer.object { writer in
                writer.field("faults", faults) { writer, fault in
                    writer.object { writer in
                        writer.field("method", fault.method)
                        writer.field("kind", fault.kind.rawValue)
                        writer.field("count", fault.count)
                        writer.field("skip", fault.skip)
                        writer.field("chat", fault.chat)
                    }
                }
            }
        }
    }

    /// Keeps the world under a name, to come back to.
    private func snapshot(_ request: ServerRequest) async throws -> ServerResponse {
        let arguments = try await read(request)
        service.keepSnapshot(arguments["name"])
        return Self.response(Self.ok)
    }

    private func restore(_ request: ServerRequest) async throws -> ServerResponse {
        let arguments = try await read(request)
        guard let saved = service.snapshot(arguments["name"]) else {
            return ControlRefusal.response(ControlRefusal.missing("snapshot"))
        }
        return run { (world) throws(APIError) in
            service.forgetDeliveries()
            world.restore(saved)
            return Self.ok
        }
    }

    /// Has webhooks at an address delivered to another one.
    private func mapWebhook(_ request: ServerRequest) async throws -> ServerResponse {
        let arguments = try await read(request)
        guard !arguments["from"].isEmpty else { return ControlRefusal.response(ControlRefusal.bad("from is empty")) }
        service.mapWebhooks(from: arguments["from"], to: arguments["to"])
        return Self.response(Self.ok)
    }

    private func reset() throws -> ServerResponse {
        let fresh = pristine()
        service.faults.clear()
        service.log.clear()
        return run { (world) throws(APIError) in
            service.forgetDeliveries()
            world.reset(to: fresh)
            return Self.ok
        }
    }
}
