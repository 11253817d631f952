internal import HTTP
package import HTTPServer
internal import Images
internal import JSON
package import Support
internal import Synchronization

/// A Stash server on loopback: GraphQL checked against its schema, pictures, log-in rules, and faults on request.
package final class StashSimulator: ServiceSimulator {
    package let name = "stash-simulator"

    /// What goes wrong, for every request until changed.
    package enum Fault: Sendable, Equatable {
        /// Nothing.
        case none
        /// A proxy in front answers 502 with a page.
        case badGateway
        /// Stash waits for its first set-up.
        case setup
        /// Stash waits for a migration of its database.
        case needsMigration
        /// Stash found itself reachable from the internet without a password.
        case exposed
        /// The connection is cut before an answer.
        case cut
        /// Pictures come cut in the middle.
        case truncatedPictures
        /// Its database lies where Stash may not write: reading works, every mutation fails.
        case readOnly
        /// GraphQL takes this long.
        case slow(Duration)
        /// A proxy in front sends everybody to its log-in page.
        case loginRedirect
        /// A proxy in front shows its log-in page in place of everything.
        case loginPage
        /// Stash knows another schema: every query is refused as invalid.
        case otherSchema
        /// Every field fails while it is resolved, which is a 200 with errors.
        case resolverError
        /// The connection breaks in the middle of a picture.
        case cutPictures
        /// Pictures come as a page.
        case picturesAsPages
        /// Pictures come whole, under a type that is none.
        case untypedPictures
    }

    private struct State {
        var library: StashLibrary
        var fault = Fault.none
        var randomSeed: UInt64
        var queries: [String] = []
    }

    private let schema: GraphQLSchema
    private let apiKey: String?
    private let state: Mutex<State>
    private let time: any TimeSource
    package let listener: SimulatorListener

    /// - Parameters:
    ///   - apiKey: What requests must carry; nil for a Stash without a password.
    ///   - port: 0 for a free one.
    package init(
        library: StashLibrary, apiKey: String? = nil, port: Int = 0, seed: UInt64 = 1,
        time: any TimeSource = SystemTime()
    ) throws {
        schema = try GraphQLSchema(StashSchema.source)
        self.apiKey = apiKey
        self.time = time
        state = Mutex(State(library: library, randomSeed: seed))
        listener = SimulatorListener(port: port)
    }

    /// Changes what goes wrong.
    package func setFault(_ fault: Fault) {
        state.withLock { $0.fault = fault }
    }

    /// Changes the library while it is in use.
    package func update(_ change: @Sendable (inout StashLibrary) -> Void) {
        state.withLock { change(&$0.library) }
    }

    /// The library as it stands now.
    package var library: StashLibrary { state.withLock { $0.library } }

    /// The GraphQL texts received so far.
    package var queries: [String] { state.withLock { $0.queries } }

    // MARK: Requests

    package func respond(to request: ServerRequest) async throws -> ServerResponse {
        let path = request.decodedPath ?? request.path
        let fault = state.withLock { $0.fault }
        switch fault {
        case .badGateway: return .html("<html><body><h1>502 Bad Gateway</h1></body></html>", status: 502)
        case .cut: return .abort
        case .loginRedirect where !path.hasPrefix("/signin"): return .redirect(to: "/signin?rd=\(path)", status: 302)
        case .loginPage, .loginRedirect: return .html("<!DOCTYPE html><html><title>Sign in</title></html>")
        case .exposed:
            return .text(
                "Stash is exposed to the public internet and is not password protected, so it has closed itself.",
                status: 403)
        default: break
        }
        if path == "/healthz" { return .text(".") }
        if path.hasPrefix("/login") { return .html("<!DOCTYPE html><html><title>Login</title></html>") }
        if let refusal = refusal(of: request, path: path) { return refusal }
        if path == "/graphql" {
            if case .slow(let delay) = fault { try await time.sleep(for: delay) }
            return try await graphQL(request, fault: fault)
        }
        let parts = path.split(separator: "/")
        guard parts.count == 3, parts[0] == "image", let id = Int(parts[1]) else {
            return .text("not found", status: 404)
        }
        let answer = picture(id: id, form: String(parts[2]), cut: fault == .truncatedPictures)
        return answer.status == .ok ? Self.spoiled(answer, by: fault) : answer
    }

    private static func spoiled(_ answer: ServerResponse, by fault: Fault) -> ServerResponse {
        switch fault {
        case .cutPictures: return answer.truncated(after: 1000)
        case .picturesAsPages: return .html("<!DOCTYPE html><html><title>Sign in</title></html>")
        case .untypedPictures:
            var answer = answer
            answer.fields["Content-Type"] = "application/octet-stream"
            return answer
        default: return answer
        }
    }

    /// A wrong key is refused everywhere; no key is refused for GraphQL, and for pages leads to the log-in.
    private func refusal(of request: ServerRequest, path: String) -> ServerResponse? {
        guard let apiKey else { return nil }
        let given = request.fields["ApiKey"] ?? request.query["apikey"]
        if given == apiKey { return nil }
        if given == nil, path != "/graphql" {
            return .redirect(to: "/login?returnURL=" + Percent.encode(path, for: .queryComponent), status: 302)
        }
        var response = ServerResponse.empty(401)
        response.fields["WWW-Authenticate"] = "FormBased"
        return response
    }

    private func picture(id: Int, form: String, cut: Bool) -> ServerResponse {
        guard let image = state.withLock({ $0.library.image(id) }) else {
            return .text("not found", status: 404)
        }
        guard let original = StashPictureFile.bytes(of: image) else { return .text("file not found", status: 404) }
        switch form {
        case "image":
            var response = ServerResponse.bytes(
                cut ? Array(original.prefix(original.count / 2)) : original,
                type: ImageFormat(detecting: original)?.mediaType
                    ?? image.clip.map { "video/\($0.format)" } ?? "application/octet-stream")
            response.fields["Content-Disposition"] =
                "filename=\"\(image.baseName.replacing("\"", with: "_").filter(\.isASCII))\""
            return response
        case "thumbnail":
            return .bytes(image.clip?.poster ?? StashPictureFile.thumbnail(of: original), type: "image/jpeg")
        default: return .text("not found", status: 404)
        }
    }

    private func graphQL(_ request: ServerRequest, fault: Fault) async throws -> ServerResponse {
        guard request.method == .post else { return .text("transport not supported", status: 400) }
        guard request.fields["Content-Type"]?.lowercased().hasPrefix("application/json") == true else {
            return Self.errors([GraphQLError(message: "transport not supported")], status: 400)
        }
        let body: JSONValue
        do throws(JSONError) {
            body = try JSONValue(parsing: try await collected(request))
        } catch {
            return Self.errors([GraphQLError(message: "json request body could not be decoded: \(error)")], status: 400)
        }
        let text = body["query"]?.stringValue ?? ""
        state.withLock { $0.queries.append(text) }
        switch fault {
        case .otherSchema:
            let message = "Cannot query field \"visual_files\" on type \"Image\"."
            return Self.errors([GraphQLError(message: message, code: "GRAPHQL_VALIDATION_FAILED")], status: 422)
        case .resolverError:
            return Self.errors([GraphQLError(message: "database is locked", path: ["findImages"])], status: 200)
        default: break
        }
        do {
            let document = try GraphQLParser.document(text)
            let mistakes = GraphQLValidator.errors(in: document, against: schema)
            guard mistakes.isEmpty else { return Self.errors(mistakes, status: 422) }
            var executor = GraphQLExecutor(schema: schema, document: document)
            let resolver = snapshot(of: request)
            let data = try executor.run(
                operationName: body["operationName"]?.stringValue, variables: body["variables"]?.objectValue ?? [:]
            ) { kind in
                switch fault {
                case .setup: StashWaiting.root(kind, status: "SETUP")
                case .needsMigration: StashWaiting.root(kind, status: "NEEDS_MIGRATION")
                case .readOnly where kind == "mutation": StashWaiting.refusing("attempt to write a readonly database")
                default: kind == "query" ? resolver.query() : self.mutation()
                }
            }
            return .json(JSONValue.object(["data": data]).serialised())
        } catch let error as GraphQLError {
            return Self.errors([error], status: error.code == nil ? 200 : 422)
        }
    }

    private func collected(_ request: ServerRequest) async throws(JSONError) -> [UInt8] {
        // A body that did not arrive whole is one that cannot be decoded.
        do { return try await request.body.collect() } catch { return [] }
    }

    /// Addresses are built from the request's own host, as the real server does.
    private func snapshot(of request: ServerRequest) -> StashResolver {
        let scheme = request.fields["X-Forwarded-Proto"] ?? "http"
        let base =
            "\(scheme)://\(request.fields["Host"] ?? "localhost:9999")" + (request.fields["X-Forwarded-Prefix"] ?? "")
        return state.withLock { state in
            state.randomSeed = state.randomSeed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return StashResolver(library: state.library, baseURL: base, randomSeed: state.randomSeed >> 33)
        }
    }

    private func mutation() -> GraphQLNode {
        .object(type: "Mutation") { [self] call in
            let input = call["input"]
            guard let id = StashResolver.number(input?["id"] ?? call["id"]) else {
                throw GraphQLError(message: "mutation \(call.field) is not simulated")
            }
            return try state.withLock { state in
                guard let index = state.library.images.firstIndex(where: { $0.id == id }) else {
                    throw GraphQLError(message: "image with id \(id) not found")
                }
                switch call.field {
                case "imageUpdate":
                    try state.library.images[index].update(input?.objectValue ?? [:])
                    state.library.images[index].modified = time.now
                    let resolver = StashResolver(library: state.library, baseURL: "", randomSeed: 0)
                    return resolver.node(state.library.images[index])
                case "imageIncrementO", "imageDecrementO":
                    let step = call.field == "imageIncrementO" ? 1 : -1
                    state.library.images[index].oCounter = max(0, state.library.images[index].oCounter + step)
                    return .leaf(.integer(Int64(state.library.images[index].oCounter)))
                default: throw GraphQLError(message: "mutation \(call.field) is not simulated")
                }
            }
        }
    }

    private static func errors(_ errors: [GraphQLError], status: HTTPStatus) -> ServerResponse {
        let list = errors.map { error -> JSONValue in
            var object: JSONObject = ["message": .string(error.message)]
            if !error.locations.isEmpty {
                object["locations"] = .array(
                    error.locations.map { ["line": .integer(Int64($0.line)), "column": .integer(Int64($0.column))] })
            }
            if !error.path.isEmpty { object["path"] = .array(error.path.map(JSONValue.string)) }
            if let code = error.code { object["extensions"] = ["code": .string(code)] }
            return .object(object)
        }
        return .json(JSONValue.object(["errors": .array(list), "data": .null]).serialised(), status: status)
    }
}
